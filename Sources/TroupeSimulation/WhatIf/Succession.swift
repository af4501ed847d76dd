import TroupePlan

/// Which attempts of a run had to wait for which others, by the plan.
struct Succession: Sendable {
  /// The node above each node.
  let parents: [Int?]

  private let nodes: [Node]
  /// The place of each node among the children of the one above.
  private let places: [Int]
  /// For the children of dataflows, the siblings that they wait for.
  private let awaited: [Int: Set<Int>]

  init(_ program: Program) {
    nodes = program.plan.nodes
    var parents: [Int?] = Array(repeating: nil, count: nodes.count)
    var places = Array(repeating: 0, count: nodes.count)
    var awaited: [Int: Set<Int>] = [:]
    for node in nodes {
      for (place, child) in node.children.enumerated() {
        parents[child] = node.id
        places[child] = place
      }
      for aside in node.asides { parents[aside] = node.id }
      guard node.kind == .dataflow else { continue }
      let dependencies = Dependencies(of: node.id, in: program.plan, program.layout)
      for (place, dependents) in dependencies.dependents.enumerated() {
        for dependent in dependents {
          awaited[node.children[dependent], default: []].insert(node.children[place])
        }
      }
    }
    self.parents = parents
    self.places = places
    self.awaited = awaited
  }

  /// Whether an attempt had to end before another could begin, and how near the two are.
  ///
  /// - Parameter touches: Whether the one was ready at the very moment when the other ended.
  /// - Returns: The number of levels that they share, or `nil` if neither waits for the other.
  func depth(of earlier: Visit, before later: Visit, touches: Bool) -> Int? {
    var depth = 0
    while depth < earlier.levels.count, depth < later.levels.count {
      let (left, right) = (earlier.levels[depth], later.levels[depth])
      guard left.node == right.node else {
        return depth > 0 && comes(left.node, before: right.node) ? depth : nil
      }
      if left.take != right.take { return left.take < right.take ? depth : nil }
      if left.ordinal != right.ordinal {
        // An element that does not begin at once waits for one that leaves it its place.
        if case .fanOut = nodes[left.node].kind { return touches ? depth : nil }
        return left.ordinal < right.ordinal ? depth : nil
      }
      depth += 1
    }
    // The same stage again, or the fallback of a stage that failed.
    return earlier.levels.count <= later.levels.count ? depth : nil
  }

  /// Whether of two different parts of one step the first has to end before the second begins.
  private func comes(_ first: Int, before second: Int) -> Bool {
    guard let parent = parents[second] else { return false }
    if nodes[parent].fallback == second || nodes[parent].rungs.contains(second) { return true }
    if nodes[parent].hasAside(second) { return first < second }
    if nodes[parent].hasAside(first) { return false }
    switch nodes[parent].kind {
    case .sequence, .repeat, .fanOut, .call: return places[first] < places[second]
    case .dataflow: return awaited[second]?.contains(first) ?? false
    case .parallel, .choose, .race, .stage, .wait: return false
    }
  }
}
