/// Finds artifacts that the body of a fan-out writes and that its surroundings name only later.
///
/// What stands before the fan-out is found by definite assignment; here the order of declaration
/// is made not to matter.
enum SurroundingsCheck {
  static func problems(
    in nodes: [Node], _ layout: Layout, _ shape: PlanShape, _ artifacts: ArtifactTable
  ) -> [Problem] {
    guard nodes.contains(where: \.isFanOut) else { return [] }
    let table = ScopeTable(nodes, layout, artifacts.names)
    var problems: [Problem] = []
    for slot in artifacts.names.indices {
      let scope = table.scopes[slot]
      guard let writer = table.writers[slot].first, nodes[scope].isFanOut,
        layout.crossing(scope).output != slot,
        let others = table.slots[artifacts.names[slot]], others.count > 1
      else { continue }
      let outer = scopes(around: scope, nodes, shape)
      let isOwnedOutside = others.contains { other in
        other != slot && table.hasValue(other) && outer.contains(table.scopes[other])
      }
      if isOwnedOutside {
        problems.append(.writesSurroundings(fanOut: scope, writer: writer, slot: slot))
      }
    }
    return problems
  }

  /// The scopes that the body of a fan-out sees, its own left out: those of the fan-outs around it,
  /// up to the called workflow, or the workflow, that it stands in.
  private static func scopes(around scope: Int, _ nodes: [Node], _ shape: PlanShape) -> [Int] {
    var scopes: [Int] = []
    var (child, current) = (scope, shape.parent(of: scope))
    while let node = current {
      let isInside = !nodes[node].hasAside(child)
      if isInside, nodes[node].isFanOut { scopes.append(node) }
      if isInside, case .call = nodes[node].kind { return scopes + [node] }
      (child, current) = (node, shape.parent(of: node))
    }
    return scopes + [0]
  }
}

extension Node {
  fileprivate var isFanOut: Bool {
    if case .fanOut = kind { true } else { false }
  }
}
