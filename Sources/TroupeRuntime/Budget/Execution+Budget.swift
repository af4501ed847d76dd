import TroupePlan

/// Budgets: what starts reserve and are charged, and what happens when nothing is left.
extension Execution {
  /// What an attempt of a stage reserves; `nil` where no budget holds.
  ///
  /// - Parameter member: Who does the work, if a role does it.
  func claim(_ attempt: Event.Attempt, at address: Address, _ member: Member?) -> Ledger.Claim? {
    guard let ledger, !ledger.scopes.isFree(address.node) else { return nil }
    var charge = Charge(attempts: 1)
    let isPerson = member?.isPerson ?? false
    if let member {
      let estimate = isPerson ? nil : program.estimate(of: address.node)
      charge.tokens = estimate?.tokens ?? 0
      charge.cost = Cost.units(estimate?.cost ?? member.cost(ofTokens: charge.tokens))
    }
    return Ledger.Claim(
      attempt: attempt.key(at: address.description),
      scopes: ledger.scopes.scopes(of: address), charge: charge,
      isOpenEnded: member != nil && !isPerson, isPerson: isPerson)
  }

  /// Does a piece of work of a step within its budget, and cancels it when that is used up.
  ///
  /// What was cancelled has ended as soon as this throws, or is in the run's nursery.
  ///
  /// - Parameters:
  ///   - rung: The rung of the step's ladder that does the work; 0 for what comes before the
  ///     ladder.
  ///   - state: What the work changes, also where this throws.
  ///   - work: The work, done by the run or by what it was.
  func withinBudget<State: Sendable>(
    of id: Int, in instance: Instance?, rung: Int = 0, _ state: inout State,
    _ work: @escaping @Sendable (Execution, inout State) async throws -> Writes?
  ) async throws -> Writes? {
    guard let ledger, ledger.scopes.hasBudget(id) else { return try await work(self, &state) }
    let address = address(id, in: instance)
    let before = state
    @Sendable func done(by run: Execution) async -> (Result<Writes?, any Error>, State) {
      var state = before
      do {
        return (.success(try await work(run, &state)), state)
      } catch {
        return (.failure(error), state)
      }
    }
    if let exhaustion = history(address)?.exhausted[rung] {
      var failure = failure(id, in: instance, take: 1, .budgetExhausted(exhaustion))
      let (past, after) = await done(by: pastSelf)
      state = after
      if case .failure(let error) = past { failure.keepOnly(what: error) }
      try abandonAll(inside: id, in: instance)
      throw failure
    }
    if isPast { return try await work(self, &state) }
    let scope = Ledger.Scope(node: id, place: address.description)
    let left = ledger.enter(scope)
    defer { ledger.leave(scope) }
    let end = left.map { clock.now + $0 }
    let alarm = Alarm(activity)
    let (result, after) = try await withThrowingTaskGroup(
      of: (Result<Writes?, any Error>, State)?.self
    ) { group in
      group.addTask {
        guard let end else { return await done(by: self) }
        return await TimeLimit.$end.withValue(min(end, TimeLimit.end ?? end)) {
          await done(by: self)
        }
      }
      group.addTask {
        _ = await ledger.exhaustion(of: scope)
        return nil
      }
      defer {
        group.cancelAll()
        alarm.turnOff()
      }
      let first: (Result<Writes?, any Error>, State)?
      if let end {
        group.addTask { [self] in
          var end = end
          while true {
            guard (try? await clock.sleep(until: end)) != nil else { return nil }
            // It may have begun anew, because somebody decided so.
            guard let left = ledger.timeLeft(scope), left > .zero else { break }
            end = clock.now + left
          }
          alarm.ring()
          try await lookForLetters()
          ledger.runOut(scope)
          return nil
        }
      }
      first = try await group.next() ?? nil
      if let first { return first }
      return try await exhausted(scope, rung, address, in: instance, &group)
    }
    state = after
    return try result.get()
  }

  /// Lets the budget of a step begin anew that has used it up: for each rung of its ladder, and for
  /// what somebody has decided to be done once more. They could do nothing else.
  ///
  /// - Returns: What had been charged before, for the record of the rung or the decision; `nil` if
  ///   the ladder is about something else.
  func renewBudget(_ ladder: Ladder) -> JSONValue? {
    guard ladder.isAboutOwnBudget, let ledger else { return nil }
    let renewal = ledger.renew(
      Ledger.Scope(node: ladder.id, place: ladder.address.description))
    var spent = renewal.charge.members
    spent["time"] = .string(DurationText.iso(renewal.time))
    return .object(spent)
  }

  /// Cancels what is inside of a step whose budget is exhausted, and says why it fails.
  private func exhausted<State: Sendable>(
    _ scope: Ledger.Scope, _ rung: Int, _ address: Address, in instance: Instance?,
    _ group: inout ThrowingTaskGroup<(Result<Writes?, any Error>, State)?, any Error>
  ) async throws -> (Result<Writes?, any Error>, State) {
    var exhaustion = await ledger?.exhaustion(of: scope)
    // A wait is done with the record that it took its signal, and what people were asked with that
    // of their answer, which came first then.
    let isAnswered = requests.withdraw(inside: address, isOver: !Task.isCancelled)
    if plan.nodes[scope.node].policies.gates.isEmpty,
      signals.hasTaken(at: address) || isAnswered
    {
      while let late = try await group.next() { if let late { return late } }
    }
    // Before anything inside is cancelled. Where the run itself is, nothing is exhausted.
    if Task.isCancelled { exhaustion = nil }
    if let exhaustion { try record(.exhausted(exhaustion, rung: rung), at: address) }
    group.cancelAll()
    while let late = try await group.next() {
      guard let (result, state) = late else { continue }
      guard let exhaustion else { return (result, state) }
      var failure = failure(scope.node, in: instance, take: 1, .budgetExhausted(exhaustion))
      if case .failure(let error) = result {
        if error is JournalError { return (result, state) }
        failure.keep(what: error)
      }
      return (.failure(failure), state)
    }
    throw CancellationError()
  }
}
