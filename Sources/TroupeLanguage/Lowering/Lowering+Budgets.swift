import TroupePlan

/// What is wrong with budgets and estimates by themselves.
extension Lowering {
  mutating func checkBudget(_ budget: Budget, at id: Int) {
    if budget.amounts.isEmpty {
      report(
        .error, "\(label(id)) has a budget without a limit",
        remedy: "limit something: .budget(cost: 2.5), or tokens:, time:, attempts:", at: id)
    }
    for amount in budget.amounts where !amount.isPositive {
      report(
        .error, "\(label(id)) has a budget of \(amount)",
        remedy: "allow more than nothing, or leave it out", at: id)
    }
  }

  mutating func checkEstimate(_ estimate: Estimate, at id: Int) {
    if estimate.isEmpty {
      report(
        .error, "\(label(id)) has an estimate that says nothing",
        remedy: "say what an assignment may use: .estimate(tokens: 5000), or cost:", at: id)
    }
    for quantity in Budget.Quantity.allCases {
      guard let amount = estimate[quantity], !amount.isPositive else { continue }
      report(
        .error, "\(label(id)) has an estimate of \(amount)",
        remedy: "estimate more than nothing, or leave it out", at: id)
    }
  }
}
