import TroupePlan

/// The steps with budgets around each node of a plan.
struct BudgetScopes: Sendable {
  private let plan: Plan
  /// For each node those around it and itself, from the outermost; empty if none has a budget.
  private let nodes: [[Int]]

  init(_ plan: Plan) {
    self.plan = plan
    guard plan.nodes.withPolicies.contains(where: { plan.nodes[$0].policies.budget != nil }) else {
      nodes = []
      return
    }
    var nodes: [[Int]] = Array(repeating: [], count: plan.nodes.count)
    // Parents come before their children.
    for id in plan.nodes.indices {
      if plan.nodes[id].policies.budget != nil { nodes[id].append(id) }
      plan.nodes[id].forEachPart { nodes[$0] = nodes[id] }
    }
    self.nodes = nodes
  }

  func hasBudget(_ node: Int) -> Bool { plan.nodes[node].policies.budget != nil }

  /// Whether no budget holds for a node.
  func isFree(_ node: Int) -> Bool { nodes.isEmpty || nodes[node].isEmpty }

  /// The visits of steps with budgets in which an address is, from the outermost.
  func scopes(of address: Address) -> [Ledger.Scope] {
    guard !isFree(address.node) else { return [] }
    return nodes[address.node].map { node in
      var instance = address.instance
      // What repeats inside of the step belongs to one visit of it; a node comes before what is in
      // it.
      while let current = instance, current.node >= node { instance = current.parent }
      return Ledger.Scope(
        node: node, place: Address(node: node, in: instance, plan: plan.nodes).description)
    }
  }
}

extension Plan {
  /// Whether a budget limits time.
  var limitsTime: Bool { nodes.withPolicies.contains { nodes[$0].policies.budget?[.time] != nil } }
}

extension Event.Attempt {
  /// What tells it from all other attempts of a run.
  func key(at place: String) -> String { "\(place)#\(take).\(number)" }
}
