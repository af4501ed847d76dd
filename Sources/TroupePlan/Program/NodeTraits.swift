/// What a runtime asks about a node again and again, found out once.
package struct NodeTraits: OptionSet, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A stage without policies and fallback.
  package static let plainStage = NodeTraits(rawValue: 1)
  /// A plain stage of code that writes an artifact, and that the run never gives up.
  package static let plainCode = NodeTraits(rawValue: 8)
  /// A stage of code that writes an artifact.
  package static let writingCode = NodeTraits(rawValue: 16)
  /// The run may give up attempts of this node and go on without them.
  package static let detachable = NodeTraits(rawValue: 2)
  /// A wait without policies and fallback.
  package static let plainWait = NodeTraits(rawValue: 32)
  /// The node has a deadline.
  package static let deadline = NodeTraits(rawValue: 4)

  package static func of(_ plan: Plan) -> [NodeTraits] {
    var traits = Array(repeating: NodeTraits(), count: plan.nodes.count)
    // By index and field, because copying a whole node costs more than all that is asked here.
    for id in plan.nodes.indices {
      traits[id].formUnion(own(plan, id))
      guard traits[id].contains(.detachable) || givesUpChildren(plan.nodes[id].kind) else {
        continue
      }
      // Parents come before their children, so what holds for the parent is already known.
      plan.nodes[id].forEachPart { traits[$0].insert(.detachable) }
    }
    // What undoes work is never given up.
    for id in plan.nodes.withPolicies {
      for undoing in plan.nodes[id].compensation?.nodes ?? [] {
        traits[undoing].remove(.detachable)
      }
    }
    for id in traits.indices where traits[id].isSuperset(of: [.plainStage, .writingCode]) {
      if !traits[id].contains(.detachable) { traits[id].insert(.plainCode) }
    }
    return traits
  }

  /// What holds for a node by itself.
  private static func own(_ plan: Plan, _ id: Int) -> NodeTraits {
    var traits = NodeTraits()
    let hasFallback = plan.nodes[id].fallback != nil
    let hasPolicies = plan.nodes[id].hasPolicies
    if hasPolicies {
      let policies = plan.nodes[id].policies
      if policies.deadline != nil { traits.formUnion([.deadline, .detachable]) }
      if policies.timeout != nil || policies.budget != nil { traits.insert(.detachable) }
    }
    if hasFallback { traits.insert(.detachable) }
    if case .wait = plan.nodes[id].kind, !hasPolicies, !hasFallback { traits.insert(.plainWait) }
    if case .stage = plan.nodes[id].kind {
      if !hasPolicies, !hasFallback { traits.insert(.plainStage) }
      if plan.nodes[id].role == nil, !plan.nodes[id].writes.isEmpty { traits.insert(.writingCode) }
    }
    return traits
  }

  private static func givesUpChildren(_ kind: Node.Kind) -> Bool {
    switch kind {
    case .race: true
    case .fanOut(let spread): spread.endsEarly || spread.tolerated > 0
    default: false
    }
  }
}
