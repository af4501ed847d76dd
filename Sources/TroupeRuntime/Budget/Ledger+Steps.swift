import TroupePlan

/// The work of steps that have budgets.
extension Ledger {
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

  /// Says that a visit of a step has come to its end for good: nothing in it starts any more, and
  /// what it still says that it has used is charged to the steps around it alone.
  func close(_ visit: Address) {
    guard budgets[visit.node] != nil else { return }
    let place = visit.description
    state.withLock { _ = $0.accounts.removeValue(forKey: place) }
  }

  /// The number of visits of steps that have not come to their end.
  var count: Int { state.withLock { $0.accounts.count } }

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
