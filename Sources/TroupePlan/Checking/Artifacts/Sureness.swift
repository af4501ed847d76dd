/// What a node surely writes itself, whether or not it was written before.
struct Sureness {
  let nodes: [Node]
  let layout: Layout

  /// Whether every path through a node, its fallback included, writes an artifact.
  func writes(_ id: Int, _ slot: Int) -> Bool {
    guard works(id, slot) else { return false }
    return nodes[id].standIns.allSatisfy { writes($0, slot) }
  }

  /// Whether every path through a node writes an artifact, its fallback left aside.
  func works(_ id: Int, _ slot: Int) -> Bool {
    let children = nodes[id].children
    switch nodes[id].kind {
    case .stage, .fanOut, .call, .wait:
      return layout.write(id) == slot
    case .sequence, .parallel, .dataflow, .repeat:
      return children.contains { writes($0, slot) }
    case .choose(let choice):
      if choice.unmatched == .skip || children.isEmpty { return false }
      return children.allSatisfy { writes($0, slot) }
    case .race:
      return !children.isEmpty && children.allSatisfy { writes($0, slot) }
    }
  }
}
