/// The signals of a run that no wait has taken, and the waits that are open, by name.
///
/// Each change is what a record says, so that the queue can be made again from the records of a
/// run; `match` says what has to follow from its state and changes nothing.
package struct SignalQueue: Sendable {
  /// A signal that has come.
  package struct Arrival: Sendable {
    /// The number of the record that says so, by which signals are ordered.
    package let number: Int
    package let name: String
    package let payload: any Sendable

    package init(number: Int, name: String, payload: any Sendable) {
      self.number = number
      self.name = name
      self.payload = payload
    }
  }

  /// The signals of one name and the waits for them.
  private struct Line {
    /// In the order in which they came.
    var arrivals: [Arrival] = []
    /// The numbers of the records of their opening, in that order.
    var waits: [Int] = []
  }

  private var lines: [String: Line] = [:]
  private var ids: Set<String> = []

  package init() {}

  /// Whether a signal with this identity has come before.
  package func hasReceived(_ id: String) -> Bool { ids.contains(id) }

  /// The signals that no wait has taken, in the order in which they came.
  package var unconsumed: [Arrival] {
    lines.values.flatMap(\.arrivals).sorted { $0.number < $1.number }
  }

  /// Whether a wait is open.
  package func isOpen(_ wait: Int, for name: String) -> Bool {
    lines[name].map { Self.place(of: wait, in: $0.waits).isThere } ?? false
  }

  /// The wait that is to be given a signal of this name, and that signal, if there are both.
  package func match(for name: String) -> (wait: Int, arrival: Arrival)? {
    guard let line = lines[name], let wait = line.waits.first, let arrival = line.arrivals.first
    else { return nil }
    return (wait, arrival)
  }

  /// A signal with this identity has come before.
  package mutating func note(_ id: String) { ids.insert(id) }

  /// A signal has come.
  package mutating func receive(_ arrival: Arrival, id: String) {
    ids.insert(id)
    giveBack(arrival)
  }

  /// A wait has opened.
  package mutating func open(_ wait: Int, for name: String) {
    let place = Self.place(of: wait, in: lines[name]?.waits ?? [])
    if !place.isThere { lines[name, default: Line()].waits.insert(wait, at: place.index) }
  }

  /// A wait has ended.
  package mutating func close(_ wait: Int, for name: String) {
    guard let place = lines[name].map({ Self.place(of: wait, in: $0.waits) }), place.isThere else {
      return
    }
    lines[name]?.waits.remove(at: place.index)
  }

  /// A wait has taken a signal, and so has ended.
  package mutating func consume(_ signal: Int, for name: String, by wait: Int) {
    close(wait, for: name)
    lines[name]?.arrivals.removeAll { $0.number == signal }
  }

  /// A signal was given back by a wait that had taken it, and has its old place again.
  package mutating func giveBack(_ arrival: Arrival) {
    var line = lines[arrival.name] ?? Line()
    let index = line.arrivals.lastIndex { $0.number < arrival.number }.map { $0 + 1 } ?? 0
    line.arrivals.insert(arrival, at: index)
    lines[arrival.name] = line
  }

  /// Where a number stands, or belongs, in an ascending list.
  private static func place(of number: Int, in list: [Int]) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, list.count)
    while low < high {
      let middle = (low + high) / 2
      if list[middle] < number { low = middle + 1 } else { high = middle }
    }
    return (low, low < list.count && list[low] == number)
  }
}
