import TroupePlan

/// One attempt of a stage: at once in the step's own task, or where the run can give it up.
extension Execution {
  /// Performs an attempt and records how it ended.
  ///
  /// The work begins once the record of its start is durable.
  ///
  /// - Parameters:
  ///   - pause: The pause before the member's next attempt if this one fails, or `nil` if it is the
  ///     last.
  ///   - isLast: Whether the stage has failed if this attempt fails.
  ///   - prompt: What an agent is asked.
  ///   - member: Who does the work, if a role does it.
  ///   - finally: Called with what became of the work when it has really ended, also if it was
  ///     given up before; gives what is to be recorded because of that.
  /// - Throws: `AttemptError` if the work failed or took too long, `CancellationError` when
  ///   cancelled, `JournalError`.
  func perform(
    _ attempt: Event.Attempt, _ take: Take, pause: Duration?, isLast: Bool, prompt: String? = nil,
    by member: Member? = nil, finally: @escaping Finally = { _ in nil },
    _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    let trial = Trial(
      attempt: attempt, address: take.address, pause: pause, isLast: isLast, member: member,
      claim: claim(attempt, at: take.address, member))
    do {
      try await passToStart()
      try await start(trial, take, prompt: prompt)
    } catch {
      _ = finally(.unused)
      throw error
    }
    if traits[take.id].contains(.detachable) {
      return try await detached(trial, take.id, finally, work)
    }
    let result: Result<Delivered, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    defer { note(finally(outcome(of: result)), of: trial) }
    switch result {
    case .success(let output):
      let usage = trial.priced(output.usage)
      let record = log.append(
        .finished(attempt, usage: usage), at: take.address, more: output.members)
      note(author: attempt.member, of: take.address, take: attempt.take)
      compensations?.finish(attempt, of: take.address, .values([output.value]), record: record)
      settle(trial, usage)
      return (output, record)
    case .failure(let error): throw inline(error, trial)
    }
  }

  /// What is done when the work of an attempt has ended.
  typealias Finally = @Sendable (Lease.Outcome) -> Event.Kind?

  /// What became of work, as far as it says something about whoever did it.
  private func outcome(of result: Result<Delivered, any Error>) -> Lease.Outcome {
    switch result {
    case .success: .done
    case .failure(let error): Task.isCancelled || error is JournalError ? .givenUp : .failed
    }
  }

  /// Records what followed from the end of an attempt's work.
  private func note(_ kind: Event.Kind?, of trial: Trial) {
    if let kind { log.append(kind, at: trial.address) }
  }

  /// One attempt, and what follows if it fails.
  struct Trial: Sendable {
    let attempt: Event.Attempt
    let address: Address
    let pause: Duration?
    let isLast: Bool
    /// Who does the work, if a role does it.
    var member: Member?
    /// What it reserves in budgets.
    var claim: Ledger.Claim?

    /// What the attempt is charged that used this up.
    func priced(_ usage: Usage) -> Usage { member?.priced(usage) ?? usage }
  }

  /// Charges budgets with what an attempt has used up.
  func settle(_ trial: Trial, _ usage: Usage, isKnown: Bool = true) {
    guard let claim = trial.claim else { return }
    ledger?.settle(claim.attempt, usage, isKnown: isKnown)
  }

  /// Records that an attempt begins, and waits until that is durable.
  ///
  /// - Parameter asks: Whether people are to be asked.
  func start(
    _ trial: Trial, _ take: Take, prompt: String?, asks: Bool = false
  ) async throws {
    guard let claim = trial.claim, let ledger else {
      return try await begin(trial, take, prompt: prompt, asks: asks)
    }
    if let activity {
      try await activity.idling { try await ledger.reserve(claim) }
    } else {
      try await ledger.reserve(claim)
    }
    do {
      // It may have waited.
      try await passToStart()
      try await begin(trial, take, prompt: prompt, asks: asks)
    } catch {
      ledger.withdraw(claim)
      throw error
    }
  }

  private func begin(
    _ trial: Trial, _ take: Take, prompt: String?, asks: Bool
  ) async throws {
    guard let journal else {
      let record = try record(.started(trial.attempt), at: take.address)
      begin(trial.attempt, take, record)
      return
    }
    let reads = Dictionary(take.reads) { first, _ in first }.mapValues { JSONValue.integer($0) }
    for past in take.past {
      guard let before = past.reads, !Self.isSame(before, reads) else { continue }
      throw halt(InputChanged(address: take.address.description))
    }
    let isAsked = take.past.contains { $0.started > 0 }
    var members: [UInt8] = []
    if let prompt, !isAsked {
      members = try await journal.members("prompt", for: .string(prompt))
    }
    let undone = take.undoes.isEmpty ? [] : try await undoing(take, journal)
    let key = IdempotencyKey.of(run: id, address: take.address, take: take.keyTake)
    let record = try record(.started(trial.attempt), at: take.address) { writer in
      writer.add("key", key)
      writer.add("reads", numbers: take.reads)
      writer.add("asks", asks)
      if take.keyTake != take.number { writer.add("keyTake", take.keyTake) }
      if let charge = trial.claim?.charge, charge.cost > 0 || charge.tokens > 0 {
        writer.add("reserved", json: Charge(cost: charge.cost, tokens: charge.tokens).json)
      }
      writer.add(members: members)
      writer.add(members: undone)
    }
    begin(trial.attempt, take, record)
    try await journal.untilDurable(record)
  }

  /// Whether the same versions are read as were before. Journals of before did not say by which
  /// record it came to be what a container gave.
  private static func isSame(_ before: JSONValue, _ reads: [String: JSONValue]) -> Bool {
    guard case .object(let before) = before, before.count == reads.count else { return false }
    return before.allSatisfy { name, record in
      reads[name] == record || record == .integer(0) && reads[name] != nil
    }
  }

  /// Records how an attempt in the step's own task went wrong, and gives the error to throw.
  func inline(_ error: any Error, _ trial: Trial) -> any Error {
    if Task.isCancelled || error is JournalError {
      log.append(.gaveUp(trial.attempt, givingUp), at: trial.address)
      compensations?.end(trial.attempt, of: trial.address)
      settle(trial, Usage(), isKnown: false)
      return error is JournalError ? error : CancellationError()
    }
    let addition = addFailed(error, trial)
    compensations?.end(trial.attempt, of: trial.address, error)
    addition.tell()
    settle(trial, after: error)
    return AttemptError(error, record: addition.sequence)
  }

  /// What an attempt is charged that ended with an error, and whether it has said what it used up.
  private func usage(after error: any Error, _ trial: Trial) -> (usage: Usage, isKnown: Bool) {
    if error is NotStarted { return (Usage(), true) }
    let reported = (error as? any UsageReporting)?.usage
    return (trial.priced(reported ?? Usage()), reported != nil || trial.member == nil)
  }

  private func settle(_ trial: Trial, after error: any Error) {
    let (usage, isKnown) = usage(after: error, trial)
    settle(trial, usage, isKnown: isKnown)
  }

  private func addFailed(_ error: any Error, _ trial: Trial) -> EventLog.Addition {
    let (usage, isKnown) = usage(after: error, trial)
    let pause = mayRepeat(after: error, at: trial.address) ? trial.pause : nil
    let cause: JSONValue? = journal == nil ? nil : Failure.Cause(error).json
    let more = cause.map { cause in
      RecordWriter.members { writer in
        writer.add("cause", json: cause)
        writer.add("last", trial.isLast || error is Concern)
        writer.add("notStarted", error is NotStarted)
        writer.add("unreported", trial.claim != nil && !isKnown)
      }
    }
    return log.add(
      .failed(trial.attempt, reason: "\(error)", pause: pause, usage: usage),
      at: trial.address, more: more)
  }

  private func detached(
    _ trial: Trial, _ id: Int, _ finally: @escaping Finally,
    _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    let (attempt, address) = (trial.attempt, trial.address)
    let cell = AttemptCell<Delivered>()
    let timeout = plan.nodes[id].policies.timeout
    let giveUp: @Sendable (Event.GivingUp) -> Void = { [log, ledger] reason in
      cell.giveUp(reason) { log.add(.gaveUp(attempt, reason), at: address) }
      if let claim = trial.claim { ledger?.giveUp(claim.attempt) }
    }
    nursery.start { [self] in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { [self] in
          let result = await self.attempt(work)
          let consequence = finally(outcome(of: result))
          record(result, of: trial, in: cell)
          note(consequence, of: trial)
        }
        group.addTask { await cell.untilOver() }
        if let timeout {
          let end = clock.now + timeout
          group.addTask { [clock] in
            guard (try? await clock.sleep(until: end)) != nil else { return }
            giveUp(.timedOut(timeout))
          }
        }
        await group.next()
        group.cancelAll()
      }
    }
    let completion = await withTaskCancellationHandler {
      await cell.outcome()
    } onCancel: {
      giveUp(givingUp)
    }
    do {
      return try completion.get()
    } catch let givenUp as GivenUp {
      guard case .timedOut(let limit) = givenUp.reason else { throw CancellationError() }
      throw AttemptError(timedOut: limit, record: givenUp.record)
    }
  }

  private func record(
    _ result: Result<Delivered, any Error>, of trial: Trial, in cell: AttemptCell<Delivered>
  ) {
    let (attempt, address) = (trial.attempt, trial.address)
    if case .failure(let error) = result, Task.isCancelled || error is JournalError {
      let reason = givingUp
      cell.giveUp(reason) { log.add(.gaveUp(attempt, reason), at: address) }
    }
    defer {
      switch result {
      case .success(let output): settle(trial, trial.priced(output.usage))
      case .failure(let error): settle(trial, after: error)
      }
    }
    let wasLive = cell.complete {
      switch result {
      case .success(let output):
        let finished = log.add(
          .finished(attempt, usage: trial.priced(output.usage)), at: address,
          more: output.members)
        note(author: attempt.member, of: address, take: attempt.take)
        compensations?.finish(
          attempt, of: address, .values([output.value]), record: finished.sequence)
        return (.success((output, finished.sequence)), finished)
      case .failure(let error):
        let failed = addFailed(error, trial)
        compensations?.end(attempt, of: address, error)
        return (.failure(AttemptError(error, record: failed.sequence)), failed)
      }
    }
    if !wasLive {
      switch result {
      case .success(let output):
        let record = log.append(
          .stale(attempt, usage: trial.priced(output.usage)), at: address,
          more: RecordWriter.members { writer in
            writer.add("done", true)
            writer.add(members: output.members)
          })
        compensations?.finish(
          attempt, of: address, .values([output.value]), record: record, isStale: true)
      case .failure(let error):
        let (usage, isKnown) = usage(after: error, trial)
        let isUnreported = trial.claim != nil && !isKnown
        log.append(
          .stale(attempt, usage: usage), at: address,
          more: RecordWriter.members { $0.add("unreported", isUnreported) })
        compensations?.end(attempt, of: address)
      }
    }
  }
}
