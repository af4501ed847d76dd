/// Finds budgets that a smaller one around them makes useless, and those that a single assignment
/// exceeds.
enum BudgetCheck {
  static func problems(in nodes: [Node], _ shape: PlanShape) -> [Problem] {
    guard nodes.withPolicies.contains(where: { nodes[$0].policies.budget != nil }) else {
      return []
    }
    var problems: [Problem] = []
    // For each node and quantity, the node with the smallest limit on what stands in it, and the
    // node with the estimate that holds for it.
    var inside: [[Budget.Quantity: Int]] = []
    var estimated: [Int?] = []
    inside.reserveCapacity(nodes.count)
    estimated.reserveCapacity(nodes.count)
    func limit(_ node: Int, _ quantity: Budget.Quantity) -> Budget.Amount? {
      nodes[node].policies.budget?[quantity]
    }
    for node in nodes {
      let parent = shape.parent(of: node.id)
      var tightest = parent.map { inside[$0] } ?? [:]
      for amount in node.policies.budget?.amounts ?? [] {
        if let outer = tightest[amount.quantity], let other = limit(outer, amount.quantity),
          other.isLess(than: amount)
        {
          problems.append(.largerBudget(inner: node.id, outer: outer, amount.quantity))
        } else {
          tightest[amount.quantity] = node.id
        }
      }
      inside.append(tightest)
      let estimate = node.policies.estimate == nil ? parent.flatMap { estimated[$0] } : node.id
      estimated.append(estimate)
      guard let estimate, node.role != nil else { continue }
      for quantity in Budget.Quantity.allCases {
        guard let needed = nodes[estimate].policies.estimate?[quantity],
          let scope = tightest[quantity], let limit = limit(scope, quantity),
          limit.isLess(than: needed)
        else { continue }
        problems.append(
          .estimateExceedsBudget(stage: node.id, estimate: estimate, scope: scope, quantity))
      }
    }
    return problems
  }
}
