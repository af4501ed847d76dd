import TroupePlan

extension Ledger {
  struct Entry {
    let scopes: [Scope]
    var charge: Charge
    var isWorking: Bool
    var isGivenUp = false
  }

  struct Waiter {
    let number: Int
    let claim: Claim
    let continuation: CheckedContinuation<Void, any Error>
  }

  /// Whom to wake once the lock is free.
  enum Wake {
    case start(CheckedContinuation<Void, any Error>)
    case step(CheckedContinuation<BudgetExhaustion?, Never>, BudgetExhaustion)
  }

  struct State {
    var accounts: [String: Account] = [:]
    /// The attempts that have not said what they used.
    var entries: [String: Entry] = [:]
    /// In the order in which they came.
    var waiters: [Waiter] = []
    var watchers: [String: CheckedContinuation<BudgetExhaustion?, Never>] = [:]
    var last = 0
  }
}

extension Ledger.State {
  /// Creates the account of a step that is visited for the first time.
  mutating func open(_ scope: Ledger.Scope) {
    guard accounts[scope.place] == nil else { return }
    accounts[scope.place] = Ledger.Account(node: scope.node)
  }

  /// Charges what a start reserves, if there is room for it everywhere.
  mutating func charges(_ claim: Ledger.Claim, _ budgets: [Int: Budget]) -> Bool {
    guard lack(claim, budgets) == nil else { return false }
    for scope in claim.scopes {
      accounts[scope.place]?.charged += claim.charge
      if !claim.isPerson { accounts[scope.place]?.working += 1 }
    }
    entries[claim.attempt] = Ledger.Entry(
      scopes: claim.scopes, charge: claim.charge, isWorking: !claim.isPerson)
    return true
  }

  /// The innermost step that has no room for a start.
  private mutating func lack(
    _ claim: Ledger.Claim, _ budgets: [Int: Budget]
  ) -> (scope: Ledger.Scope, BudgetExhaustion)? {
    for scope in claim.scopes.reversed() {
      open(scope)
      guard let account = accounts[scope.place], let budget = budgets[scope.node] else { continue }
      if let exhaustion = account.exhaustion ?? account.obstacle(to: claim, budget) {
        return (scope, exhaustion)
      }
    }
    return nil
  }

  /// Lets those start for whom there is room now, and finds out which budgets are exhausted.
  mutating func serve(_ budgets: [Int: Budget]) -> [Ledger.Wake] {
    guard !waiters.isEmpty else { return [] }
    var wakes: [Ledger.Wake] = []
    var left: [Ledger.Waiter] = []
    for waiter in waiters {
      if charges(waiter.claim, budgets) {
        wakes.append(.start(waiter.continuation))
        continue
      }
      left.append(waiter)
      guard let (scope, exhaustion) = lack(waiter.claim, budgets),
        let account = accounts[scope.place], account.exhaustion == nil,
        !account.mayMakeRoom(after: exhaustion)
      else { continue }
      accounts[scope.place]?.exhaustion = exhaustion
      if let watcher = watchers.removeValue(forKey: scope.place) {
        wakes.append(.step(watcher, exhaustion))
      }
    }
    waiters = left
    return wakes
  }
}
