import TroupePlan

/// Steps that are added or moved: only to where the run has not been.
extension PlanFitCheck {
  /// Checks the steps of a container that has begun.
  mutating func checkSteps(of node: Node, _ other: Node) {
    let paths = other.children.map { new.nodes[$0].path }
    let begun = node.children.filter { visits.hasBegun($0) }.map { old.nodes[$0].path }
    var late: Set<Path> = []
    if isInOrder(node.kind) {
      let places = begun.compactMap { paths.firstIndex(of: $0) }
      if places != places.sorted() {
        add(node.path.description, "the steps of it that have begun keep their order")
      }
      if let last = places.max() {
        for path in paths[..<last] where !begun.contains(path) {
          late.insert(path)
          if let place = oldNodes[path] {
            add(
              node.path.description,
              "'\(old.nodes[place].name)' would stand before '\(new.nodes[other.children[last]].name)'"
                + ", which has begun")
          } else {
            add(path.description, "'\(paths[last])' comes after it, and has begun")
          }
        }
      }
    }
    guard let seal = visits.sealed[node.id], isSealing(node.kind) else { return }
    for path in paths where oldNodes[path] == nil && !late.contains(path) {
      add(path.description, "'\(node.path)' \(seal)")
    }
  }

  /// Whether the children are performed one after the other.
  private func isInOrder(_ kind: Node.Kind) -> Bool {
    switch kind {
    case .sequence, .repeat, .fanOut, .call: true
    case .stage, .parallel, .dataflow, .choose, .race, .wait: false
    }
  }

  /// Whether all children belong to what has ended: of a choice only the branch taken does.
  private func isSealing(_ kind: Node.Kind) -> Bool {
    if case .choose = kind { false } else { true }
  }
}
