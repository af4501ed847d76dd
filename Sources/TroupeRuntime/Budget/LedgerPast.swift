import TroupePlan

/// What a journal tells of the budgets of a run.
struct LedgerPast: Sendable {
  /// What is charged, by the addresses of the steps with budgets.
  private(set) var accounts: [String: Ledger.Account] = [:]
  /// The attempts that have not said what they used, and stay charged with what was reserved.
  private(set) var open: [Ledger.Claim] = []

  private let recall: Recall
  private let includesEnded: Bool

  /// Adds up what happened.
  ///
  /// Rounds and elements are left out of which only the results are known.
  ///
  /// - Parameter includesEnded: Whether visits count that have come to their end, so that nothing
  ///   can start in them any more.
  init(
    _ recall: Recall, _ budgets: BudgetScopes, _ addresses: AddressReader,
    includingEnded includesEnded: Bool = false
  ) {
    self.recall = recall
    self.includesEnded = includesEnded
    for (place, history) in recall.nodes {
      guard let address = addresses.address(place) else { continue }
      if budgets.hasBudget(address.node) {
        let scope = Ledger.Scope(node: address.node, place: place)
        if counts(scope) { note(history, recall.ran, scope) }
      }
      guard !history.attempts.isEmpty else { continue }
      let scopes = budgets.scopes(of: address).filter(counts)
      guard !scopes.isEmpty else { continue }
      for attempt in history.attempts where attempt.wasStarted {
        add(attempt.charge, to: scopes)
        guard !attempt.isSettled, !attempt.wasAskedInVain else { continue }
        open.append(
          Ledger.Claim(
            attempt: attempt.attempt.key(at: place), scopes: scopes, charge: attempt.charge,
            isOpenEnded: false, isPerson: attempt.asks))
      }
    }
    for (place, charge) in recall.snapshot?.charges ?? [:] {
      guard let address = addresses.address(place) else { continue }
      add(charge, to: budgets.scopes(of: address).filter(counts))
    }
  }

  private func counts(_ scope: Ledger.Scope) -> Bool {
    if recall.snapshot?.covers(scope.place) == true { return false }
    return includesEnded || recall.nodes[scope.place]?.closed == nil
  }

  private mutating func add(_ charge: Charge, to scopes: [Ledger.Scope]) {
    for scope in scopes {
      accounts[scope.place, default: Ledger.Account(node: scope.node)].charged += charge
    }
  }

  private mutating func note(_ history: NodeHistory, _ ran: Duration, _ scope: Ledger.Scope) {
    var account = accounts[scope.place] ?? Ledger.Account(node: scope.node)
    account.time = history.time(at: ran)
    if let renewal = history.ladder?.renewal {
      (account.before, account.timeBefore) = renewal
    }
    accounts[scope.place] = account
  }
}

extension AttemptHistory {
  /// Whether somebody was asked who is not waited for any more, and so has nothing to say.
  fileprivate var wasAskedInVain: Bool {
    if case .gaveUp = end { asks } else { false }
  }
}
