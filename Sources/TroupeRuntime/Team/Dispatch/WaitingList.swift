/// Who waits for a member: the highest priority first, and within one in the order of arrival.
struct WaitingList {
  /// Somebody who waits.
  struct Entry {
    let id: Int
    let ask: Ask
    /// The number of the desk at which it waits.
    let desk: Int

    /// Whether this one is to be served before another.
    func isBefore(_ other: Entry) -> Bool {
      (other.ask.priority, id) < (ask.priority, other.id)
    }
  }

  /// In order; those before `first` have gone.
  private var entries: [Entry] = []
  private var first = 0

  var isEmpty: Bool { first == entries.count }

  /// Those who wait, in order.
  var waiting: ArraySlice<Entry> { entries[first...] }

  mutating func insert(_ entry: Entry) {
    var (low, high) = (first, entries.count)
    if let last = entries.last, first < high, last.isBefore(entry) { low = high }
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].isBefore(entry) { low = middle + 1 } else { high = middle }
    }
    entries.insert(entry, at: low)
  }

  mutating func remove(_ entry: Entry) {
    guard let place = waiting.firstIndex(where: { $0.id == entry.id }) else { return }
    guard place == first else {
      entries.remove(at: place)
      return
    }
    first += 1
    // Now and then the places of those who have gone are given back.
    if first >= 64, first * 2 >= entries.count {
      entries.removeFirst(first)
      first = 0
    }
  }
}
