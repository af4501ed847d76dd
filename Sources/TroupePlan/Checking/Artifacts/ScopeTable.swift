/// In which scope each artifact lives, and who writes it. Made only when there is a message to
/// word.
struct ScopeTable {
  /// For each slot, the fan-out or call whose inner scope it lives in; `0` for the workflow's own.
  private(set) var scopes: [Int]
  /// For each slot, the nodes that write it, in the order of the plan.
  private(set) var writers: [[Int]]
  /// The slots of each name, in the order of the layout.
  private(set) var slots: [String: [Int]] = [:]
  /// The slots that are given a value from outside their scope.
  private var bound: Set<Int>

  init(_ nodes: [Node], _ layout: Layout, _ names: [String]) {
    scopes = Array(repeating: 0, count: layout.count)
    writers = Array(repeating: [], count: layout.count)
    bound = [layout.input]
    for id in nodes.indices {
      if let slot = layout.write(id) { writers[slot].append(id) }
      switch nodes[id].kind {
      case .fanOut, .call:
        let crossing = layout.crossing(id)
        bound.insert(crossing.input)
        let end = nodes[id].children.last.map { layout.ranges[$0].upperBound } ?? 0
        for slot in crossing.input..<max(end, crossing.output + 1, crossing.input + 1) {
          scopes[slot] = id
        }
      default: break
      }
    }
    for slot in names.indices { slots[names[slot], default: []].append(slot) }
  }

  /// Whether something in an artifact's scope gives it a value.
  func hasValue(_ slot: Int) -> Bool { !writers[slot].isEmpty || bound.contains(slot) }
}
