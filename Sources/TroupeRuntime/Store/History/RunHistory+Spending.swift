public import TroupePlan

extension RunHistory {
  /// What a visit of a step has used up of its budget.
  public struct Spending: Sendable {
    /// Where.
    public let address: Address
    /// The budget, with what it was raised to.
    public let budget: Budget
    /// What is charged against it, of the quantities that it limits and in their order: what was
    /// used, and what is reserved for attempts of which nobody knows what they have used. Where a
    /// ladder let the budget begin anew, what came before does not count.
    public let spent: [Budget.Amount]
  }

  /// What has been used up of each budget, those of outer steps first; without those in rounds and
  /// elements whose records are gone.
  public var spending: [Spending] {
    var plan = plan
    for raised in recall.raised {
      if let node = plan.node(at: raised.path)?.id { plan.nodes[node].raise(raised.limit) }
    }
    let past = LedgerPast(recall, BudgetScopes(plan), addresses, includingEnded: true)
    return past.accounts.sorted { ($0.value.node, $0.key) < ($1.value.node, $1.key) }.compactMap {
      place, account in
      guard let address = addresses.address(place),
        let budget = plan.nodes[account.node].policies.budget
      else { return nil }
      return Spending(
        address: address, budget: budget,
        spent: budget.amounts.map { limit in
          limit.quantity == .time
            ? .time(account.timeSpent(at: .zero)) : account.spent.amount(of: limit.quantity)
        })
    }
  }
}
