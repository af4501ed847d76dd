import TroupePlan

extension Ledger {
  /// What is charged to one visit of a step that has a budget.
  struct Account: Sendable {
    /// The step's node.
    let node: Int
    /// All that is charged: what was used, and what is reserved.
    var charged = Charge()
    /// What was charged when the budget began anew, for a rung of the ladder that took up its
    /// exhaustion.
    var before = Charge()
    /// The attempts of agents and code that are at work.
    var working = 0
    /// Those of them that were given up, of which nobody knows when they will have ended.
    var givenUp = 0
    /// The time during which it was worked on, without that since `since`.
    var time = Duration.zero
    /// When a process began or went on to work on it, by the run's clock; `nil` while none does.
    var since: Duration?
    /// The time when the budget began anew.
    var timeBefore = Duration.zero
    /// Why nothing can start any more.
    var exhaustion: BudgetExhaustion?

    /// Whether what is at work may still make room where something lacks. One that was given up may
    /// have used less than was reserved for it, but it has begun.
    func mayMakeRoom(after exhaustion: BudgetExhaustion) -> Bool {
      if case .attempts = exhaustion.limit { return working > givenUp }
      return working > 0
    }

    /// What counts against the budget.
    var spent: Charge { charged - before }

    /// The time during which it was worked on, up to now.
    func time(at now: Duration) -> Duration { time + (since.map { now - $0 } ?? .zero) }

    /// The time that counts against the budget.
    func timeSpent(at now: Duration) -> Duration { time(at: now) - timeBefore }
  }
}

extension Ledger.Account {
  /// What keeps a start from happening now, if something does.
  ///
  /// What has been estimated must fit; of what is not known beforehand only something must be left.
  func obstacle(to claim: Ledger.Claim, _ budget: Budget) -> BudgetExhaustion? {
    for limit in budget.amounts {
      let needed = claim.charge.amount(of: limit.quantity)
      let isOver =
        switch limit {
        case .cost(let cost):
          claim.charge.cost > 0
            ? spent.cost.plus(claim.charge.cost) > Cost.units(cost)
            : claim.isOpenEnded && spent.cost >= Cost.units(cost)
        case .tokens(let tokens):
          claim.charge.tokens > 0
            ? spent.tokens.plus(claim.charge.tokens) > tokens
            : claim.isOpenEnded && spent.tokens >= tokens
        case .attempts(let attempts): spent.attempts.plus(claim.charge.attempts) > attempts
        case .time: false
        }
      guard isOver else { continue }
      return BudgetExhaustion(
        limit: limit, spent: spent.amount(of: limit.quantity),
        needed: needed.isPositive ? needed : nil)
    }
    return nil
  }
}
