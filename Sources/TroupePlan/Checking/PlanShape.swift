/// How the nodes of a plan lie in each other: parents, and where each node's own part ends.
///
/// It relies on the plan's order: a node comes before its children, after them its fallback, the
/// reviews of its gates, and the rungs of its escalation.
struct PlanShape {
  /// For each node, the node it stands in; `-1` for the root.
  private(set) var parents: [Int32]
  /// For each node, the first node after it and all that is in it.
  private(set) var ends: [Int32]

  init(_ nodes: [Node]) {
    parents = Array(repeating: -1, count: nodes.count)
    ends = Array(repeating: 0, count: nodes.count)
    for id in nodes.indices {
      nodes[id].forEachPart { parents[$0] = Int32(id) }
    }
    for id in nodes.indices.reversed() {
      ends[id] = max(ends[id], Int32(id + 1))
      let parent = Int(parents[id])
      if parent >= 0 { ends[parent] = max(ends[parent], ends[id]) }
    }
  }

  /// The node that a node stands in, or `nil` for the root.
  func parent(of id: Int) -> Int? {
    parents[id] < 0 ? nil : Int(parents[id])
  }

  /// A node and all that is in it.
  func part(of id: Int) -> Range<Int> { id..<Int(ends[id]) }

  /// Whether a node is another one or lies in it.
  func part(of id: Int, contains other: Int) -> Bool { part(of: id).contains(other) }

  /// The part of a node that lies in another one: a child of it, its fallback, a review or a rung.
  func step(from ancestor: Int, towards id: Int) -> Int {
    var step = id
    while let parent = parent(of: step), parent != ancestor { step = parent }
    return step
  }

  /// The innermost node that holds both.
  func meeting(_ left: Int, _ right: Int) -> Int {
    var node = left
    while !part(of: node, contains: right), let parent = parent(of: node) { node = parent }
    return node
  }
}
