import TroupePlan

/// What the executor asks about a node again and again, found out once a run.
struct NodeTraits: OptionSet, Sendable {
  let rawValue: UInt8

  /// A stage without policies and fallback.
  static let plainStage = NodeTraits(rawValue: 1)
  /// The run may give up attempts of this node and go on without them.
  static let detachable = NodeTraits(rawValue: 2)
  /// The node has a deadline.
  static let deadline = NodeTraits(rawValue: 4)

  static func of(_ plan: Plan) -> [NodeTraits] {
    var traits = Array(repeating: NodeTraits(), count: plan.nodes.count)
    for node in plan.nodes {
      let policies = node.policies
      if policies.deadline != nil { traits[node.id].insert(.deadline) }
      if policies.timeout != nil || policies.deadline != nil || node.fallback != nil {
        traits[node.id].insert(.detachable)
      }
      if case .stage = node.kind, policies.isEmpty, node.fallback == nil {
        traits[node.id].insert(.plainStage)
      }
      // Parents come before their children, so what holds for the parent is already known.
      guard traits[node.id].contains(.detachable) || givesUpChildren(node) else { continue }
      for child in node.children { traits[child].insert(.detachable) }
    }
    return traits
  }

  private static func givesUpChildren(_ node: Node) -> Bool {
    switch node.kind {
    case .race: true
    case .fanOut(let spread): spread.endsEarly || spread.tolerated > 0
    default: false
    }
  }
}
