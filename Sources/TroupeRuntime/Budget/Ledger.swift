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

  let state = Lock(State())
  /// Which budgets hold where.
  let scopes: BudgetScopes
  let budgets: [Int: Budget]
  let clock: any RunClock

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

  /// Reserves what a start may use up, as soon as there is room for it.
  ///
  /// - Throws: `CancellationError`, when the task is cancelled: because a budget is exhausted, or
  ///   for any other reason.
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

  /// Charges a start that happens whether or not there is room for it, also in steps that have come
  /// to their end.
  func charge(_ claim: Claim) {
    state.withLock { state in
      for scope in claim.scopes { state.accounts[scope.place]?.charged += claim.charge }
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
}
