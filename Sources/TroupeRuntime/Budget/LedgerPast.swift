import TroupePlan

/// What a journal tells of the budgets of a run.
struct LedgerPast: Sendable {
  /// What is charged, by the addresses of the steps with budgets.
  private(set) var accounts: [String: Ledger.Account] = [:]
  /// The attempts that have not said what they used, and stay charged with what was reserved.
  private(set) var open: [Ledger.Claim] = []

  /// Adds up what happened.
  init(_ recall: Recall, _ budgets: BudgetScopes, _ addresses: AddressReader) {
    for (place, history) in recall.nodes {
      guard let address = addresses.address(place) else { continue }
      if budgets.hasBudget(address.node) {
        note(history, recall.ran, Ledger.Scope(node: address.node, place: place))
      }
      guard !history.attempts.isEmpty else { continue }
      let scopes = budgets.scopes(of: address)
      guard !scopes.isEmpty else { continue }
      for attempt in history.attempts where attempt.wasStarted {
        add(attempt.charge, to: scopes)
        guard !attempt.isSettled else { continue }
        open.append(
          Ledger.Claim(
            attempt: attempt.attempt.key(at: place), scopes: scopes, charge: attempt.charge,
            isOpenEnded: false, isPerson: attempt.asks))
      }
    }
    for (place, charge) in recall.snapshot?.charges ?? [:] {
      guard let address = addresses.address(place) else { continue }
      add(charge, to: budgets.scopes(of: address))
    }
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
