/// Messages about budgets.
extension Wording {
  func largerBudget(_ inner: Int, _ outer: Int, _ quantity: Budget.Quantity) -> Finding {
    let limits = [inner, outer].map { nodes[$0].policies.budget?[quantity]?.description ?? "" }
    return finding(
      .warning,
      "\(label(inner)) has a budget of \(limits[0]), more than the \(limits[1]) of \(label(outer))",
      "the smaller one is always used up first: lower this one, or allow more around it",
      at: inner)
  }

  func estimateExceedsBudget(
    _ stage: Int, _ estimate: Int, _ scope: Int, _ quantity: Budget.Quantity
  ) -> Finding {
    let needed = nodes[estimate].policies.estimate?[quantity]?.description ?? ""
    let limit = nodes[scope].policies.budget?[quantity]?.description ?? ""
    return finding(
      .warning,
      "\(label(stage)) is estimated to need \(needed), and "
        + (scope == stage ? "its own budget" : "the budget of \(label(scope))")
        + " is \(limit): it can never start",
      "lower the estimate, or allow more", at: stage)
  }
}
