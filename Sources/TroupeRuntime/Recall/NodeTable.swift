/// What a journal tells of each place, in the order in which the places are first told of.
///
/// A list beside an index: a journal of many stages has as many histories, and these are large; a
/// dictionary of them would be moved whenever it grows, and copied where one of them is changed.
struct NodeTable: RandomAccessCollection, Sendable {
  private(set) var keys: [String] = []
  private(set) var values: [NodeHistory] = []
  private var positions: [String: Int] = [:]

  var startIndex: Int { 0 }
  var endIndex: Int { keys.count }

  subscript(position: Int) -> (key: String, value: NodeHistory) {
    (keys[position], values[position])
  }

  subscript(place: String) -> NodeHistory? {
    positions[place].map { values[$0] }
  }

  mutating func reserveCapacity(_ count: Int) {
    keys.reserveCapacity(count)
    values.reserveCapacity(count)
    positions.reserveCapacity(count)
  }

  /// Changes the history of a place, which begins now if there was none.
  mutating func update(_ place: String, _ change: (inout NodeHistory) -> Void) {
    let position = positions[place] ?? add(place)
    change(&values[position])
  }

  /// Changes the histories of some places, which are all chosen before the first is changed.
  mutating func updateAll(
    where isConcerned: (_ place: String, NodeHistory, NodeTable) -> Bool,
    _ change: (inout NodeHistory) -> Void
  ) {
    let chosen = values.indices.filter { isConcerned(keys[$0], values[$0], self) }
    for position in chosen { change(&values[position]) }
  }

  private mutating func add(_ place: String) -> Int {
    keys.append(place)
    values.append(NodeHistory())
    positions[place] = values.count - 1
    return values.count - 1
  }
}
