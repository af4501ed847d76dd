import TroupePlan

/// The budgets of a run: what is reserved and charged in each visit of a step that has one.
///
/// Each start is charged to all budgets around it at once, or to none. What it reserves is replaced
/// by what it has used as soon as that is known. A start for which there is no room waits while
/// something is at work in the innermost step that lacks room, which may have used less than was
/// reserved for it; when nothing is, that step's budget is exhausted, and the step is told.
final class Ledger: Sendable {
  /// A visit of a step that has a budget.
  struct Scope: Sendable {
    let node: Int
    /// The address of the visit.
    let place: String
  }

  /// What one start asks for.
  struct Claim: Sendable {
    /// Tells the attempt from all others of the run.
    let attempt: String
    /// The steps with budgets around it, from the outermost.
    let scopes: [Scope]
    /// What is reserved for it.
    let charge: Charge
    /// Whether it may use up what was not estimated: agents may.
    let isOpenEnded: Bool
    /// Whether a person does the work, for whom nobody waits to see what is left.
    let isPerson: Bool
  }

  fileprivate struct Entry {
    let scopes: [Scope]
    var charge: Charge
    var isWorking: Bool
    var isGivenUp = false
  }

  fileprivate struct Waiter {
    let number: Int
    let claim: Claim
    let continuation: CheckedContinuation<Void, any Error>
  }

  /// Whom to wake once the lock is free.
  fileprivate enum Wake {
    case start(CheckedContinuation<Void, any Error>)
    case step(CheckedContinuation<BudgetExhaustion?, Never>, BudgetExhaustion)
  }

  fileprivate struct State {
    var accounts: [String: Account] = [:]
    /// The attempts that have not said what they used.
    var entries: [String: Entry] = [:]
    /// In the order in which they came.
    var waiters: [Waiter] = []
    var watchers: [String: CheckedContinuation<BudgetExhaustion?, Never>] = [:]
    var last = 0
  }

  private let state = Lock(State())
  /// Which budgets hold where.
  let scopes: BudgetScopes
  private let budgets: [Int: Budget]
  private let clock: any RunClock

  /// A ledger with what has been charged before; `nil` for a plan without budgets.
  ///
  /// - Parameter past: What has happened before, and how its addresses are read.
  init?(_ plan: Plan, clock: any RunClock, past: (Recall, AddressReader)? = nil) {
    let budgets = Dictionary(
      uniqueKeysWithValues: plan.nodes.withPolicies.compactMap { id in
        plan.nodes[id].policies.budget.map { (id, $0) }
      })
    guard !budgets.isEmpty else { return nil }
    self.budgets = budgets
    scopes = BudgetScopes(plan)
    self.clock = clock
    guard let (recall, addresses) = past else { return }
    let past = LedgerPast(recall, scopes, addresses)
    state.withLock { state in
      state.accounts = past.accounts
      for open in past.open {
        state.entries[open.attempt] = Entry(
          scopes: open.scopes, charge: open.charge, isWorking: false)
      }
    }
  }

  // MARK: Starts

  /// Reserves what a start may use up, as soon as there is room for it.
  ///
  /// - Throws: `CancellationError`, when the task is cancelled: because a budget is exhausted, or for
  ///   any other reason.
  func reserve(_ claim: Claim) async throws {
    if state.withLock({ $0.charges(claim, budgets) }) { return }
    let number = state.withLock { state in
      state.last += 1
      return state.last
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let wakes: [Wake]? = state.withLock { state in
          if Task.isCancelled { return nil }
          state.waiters.append(Waiter(number: number, claim: claim, continuation: continuation))
          return state.serve(budgets)
        }
        guard let wakes else { return continuation.resume(throwing: CancellationError()) }
        Self.wake(wakes)
      }
    } onCancel: {
      let waiter = state.withLock { state in
        state.waiters.firstIndex { $0.number == number }.map { state.waiters.remove(at: $0) }
      }
      waiter?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Charges a start that happens whether or not there is room for it.
  func charge(_ claim: Claim) {
    state.withLock { state in
      for scope in claim.scopes {
        state.open(scope)
        state.accounts[scope.place]?.charged += claim.charge
      }
    }
  }

  /// Takes back what was reserved for a start that did not come about.
  func withdraw(_ claim: Claim) { change(claim.attempt) { _ in Charge() } }

  /// Says that the work of an attempt has ended.
  ///
  /// - Parameters:
  ///   - usage: What it is charged.
  ///   - isKnown: Whether it has said what it used. If not, what is reserved for it stays charged.
  func settle(_ attempt: String, _ usage: Usage, isKnown: Bool) {
    change(attempt) { reserved in
      isKnown ? Charge(usage) : .larger(reserved, Charge(usage))
    }
  }

  /// Says that an attempt was given up, whose work may go on for as long as it likes.
  func giveUp(_ attempt: String) {
    let wakes = state.withLock { state -> [Wake] in
      guard let entry = state.entries[attempt], entry.isWorking, !entry.isGivenUp else { return [] }
      state.entries[attempt]?.isGivenUp = true
      for scope in entry.scopes { state.accounts[scope.place]?.givenUp += 1 }
      return state.serve(budgets)
    }
    Self.wake(wakes)
  }

  private func change(_ attempt: String, _ charge: (Charge) -> Charge) {
    let wakes = state.withLock { state -> [Wake] in
      guard let entry = state.entries.removeValue(forKey: attempt) else { return [] }
      let difference = charge(entry.charge) - entry.charge
      for scope in entry.scopes {
        state.accounts[scope.place]?.charged += difference
        if entry.isWorking { state.accounts[scope.place]?.working -= 1 }
        if entry.isGivenUp { state.accounts[scope.place]?.givenUp -= 1 }
      }
      return state.serve(budgets)
    }
    Self.wake(wakes)
  }

  private static func wake(_ wakes: [Wake]) {
    for wake in wakes {
      switch wake {
      case .start(let continuation): continuation.resume()
      case .step(let continuation, let exhaustion): continuation.resume(returning: exhaustion)
      }
    }
  }

  // MARK: Steps

  /// Begins or goes on with the work of a step that has a budget.
  ///
  /// - Returns: The time that is left, if the time is limited.
  func enter(_ scope: Scope) -> Duration? {
    let now = clock.now
    return state.withLock { state in
      state.open(scope)
      state.accounts[scope.place]?.exhaustion = nil
      state.accounts[scope.place]?.since = now
      return timeLeft(scope, now, state)
    }
  }

  /// The time that is left for a step now, if it is limited.
  func timeLeft(_ scope: Scope) -> Duration? {
    let now = clock.now
    return state.withLock { timeLeft(scope, now, $0) }
  }

  private func timeLeft(_ scope: Scope, _ now: Duration, _ state: State) -> Duration? {
    guard case .time(let limit)? = budgets[scope.node]?[.time] else { return nil }
    return limit - (state.accounts[scope.place]?.timeSpent(at: now) ?? .zero)
  }

  /// Ends the work of a step that has a budget, for now or for good.
  func leave(_ scope: Scope) {
    let now = clock.now
    state.withLock { state in
      guard let account = state.accounts[scope.place] else { return }
      state.accounts[scope.place]?.time = account.time(at: now)
      state.accounts[scope.place]?.since = nil
    }
  }

  /// Lets the budget of a step begin anew.
  ///
  /// - Returns: What has been charged before, for the record that says so.
  func renew(_ scope: Scope) -> (charge: Charge, time: Duration) {
    let now = clock.now
    return state.withLock { state in
      state.open(scope)
      guard var account = state.accounts[scope.place] else { return (Charge(), .zero) }
      account.before = account.charged
      account.timeBefore = account.time(at: now)
      account.exhaustion = nil
      state.accounts[scope.place] = account
      return (account.before, account.timeBefore)
    }
  }

  /// Says that the time of a step is over.
  func runOut(_ scope: Scope) {
    guard case .time(let limit)? = budgets[scope.node]?[.time] else { return }
    let exhaustion = BudgetExhaustion(limit: .time(limit), spent: .time(limit))
    let watcher = state.withLock { state in
      guard state.accounts[scope.place]?.exhaustion == nil else {
        return nil as CheckedContinuation<BudgetExhaustion?, Never>?
      }
      state.accounts[scope.place]?.exhaustion = exhaustion
      return state.watchers.removeValue(forKey: scope.place)
    }
    watcher?.resume(returning: exhaustion)
  }

  /// Waits until the budget of a step is exhausted; `nil` when the task is cancelled.
  func exhaustion(of scope: Scope) async -> BudgetExhaustion? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver: Bool = state.withLock { state in
          if Task.isCancelled || state.accounts[scope.place]?.exhaustion != nil { return true }
          state.watchers[scope.place] = continuation
          return false
        }
        guard isOver else { return }
        continuation.resume(
          returning: state.withLock { state in state.accounts[scope.place]?.exhaustion })
      }
    } onCancel: {
      state.withLock { $0.watchers.removeValue(forKey: scope.place) }?.resume(returning: nil)
    }
  }
}

extension Ledger.State {
  /// Creates the account of a step that is visited for the first time.
  fileprivate mutating func open(_ scope: Ledger.Scope) {
    guard accounts[scope.place] == nil else { return }
    accounts[scope.place] = Ledger.Account(node: scope.node)
  }

  /// Charges what a start reserves, if there is room for it everywhere.
  fileprivate mutating func charges(_ claim: Ledger.Claim, _ budgets: [Int: Budget]) -> Bool {
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
  fileprivate mutating func serve(_ budgets: [Int: Budget]) -> [Ledger.Wake] {
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
