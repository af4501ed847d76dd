import TroupePlan

/// Ladders: what happens when a step cannot get further by itself.
extension Execution {
  /// A step with its takes, its fallback, and its ladder if they come to nothing.
  func settled(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Writes {
    var production = Production()
    guard let escalation = plan.nodes[id].policies.escalation else {
      return try await budgeted(id, in: instance, frame, &production)
    }
    let address = address(id, in: instance)
    if let past = history(address)?.ladder, let rule = escalation.rule(on: past.trigger) {
      let failure = try await pastTrouble(past, id, in: instance, frame, &production)
      var ladder = Ladder(
        id: id, instance: instance, address: address, rule: rule, trigger: past.trigger,
        frame: frame, past: past, isAboutOwnBudget: failure.hasUsedUpBudget(of: address),
        failure: failure, production: production)
      return try await climb(&ladder)
    }
    do {
      return try await budgeted(id, in: instance, frame, &production)
    } catch let failure as Failure {
      let trigger = failure.trigger
      guard let rule = escalation.rule(on: trigger) else { throw failure }
      if Task.isCancelled { throw CancellationError() }
      let json: JSONValue? = journal == nil ? nil : failure.json
      try record(.escalated(trigger, reason: failure.whereAndWhy), at: address) { writer in
        if let json { writer.add("failure", json: json) }
        writer.add("take", production.take)
      }
      var ladder = Ladder(
        id: id, instance: instance, address: address, rule: rule, trigger: trigger,
        frame: frame, past: nil, isAboutOwnBudget: failure.hasUsedUpBudget(of: address),
        failure: failure, production: production)
      return try await climb(&ladder)
    }
  }

  /// A step with its takes and its fallback, within its budget.
  private func budgeted(
    _ id: Int, in instance: Instance?, _ frame: Frame, _ production: inout Production
  ) async throws -> Writes {
    let writes = try await withinBudget(of: id, in: instance, &production) { run, production in
      try await run.takesOrFallback(id, in: instance, frame, &production)
    }
    return writes ?? .none
  }

  /// The ladder of one instance of a step.
  struct Ladder: Sendable {
    let id: Int
    let instance: Instance?
    let address: Address
    let rule: Int
    let trigger: Escalation.Trigger
    let frame: Frame
    /// What a journal tells of it.
    let past: LadderHistory?
    /// Whether it is the step's own budget that was used up when it began.
    let isAboutOwnBudget: Bool
    /// What the step has come to last.
    var failure: Failure
    var production: Production
    /// Why the last question got no answer, unless another rung has come to nothing since.
    var unanswered: Failure?

    /// Why the run is aborted, with why nobody has decided otherwise.
    func why(_ reason: String) -> String {
      unanswered.map { "\(reason); \($0.whereAndWhy)" } ?? reason
    }
  }

  /// What a step had come to when its ladder began, before the run was resumed.
  private func pastTrouble(
    _ past: LadderHistory, _ id: Int, in instance: Instance?, _ frame: Frame,
    _ production: inout Production
  ) async throws -> Failure {
    var failure =
      addresses.flatMap { Failure(json: past.failure, reader: $0) }
      ?? failure(id, in: instance, take: past.take, Failure.Cause(json: past.failure))
    do {
      _ = try await pastSelf.takesOrFallback(
        id, in: instance, frame, &production, upTo: past.take)
    } catch let error as JournalError {
      throw error
    } catch {
      failure.keepOnly(what: error)
    }
    production.take = past.take
    if !isPast { try abandon(inside: id, in: instance, before: past.record) }
    return failure
  }

  /// Goes up a ladder, rung by rung, until one settles it.
  private func climb(_ ladder: inout Ladder) async throws -> Writes {
    guard let escalation = plan.nodes[ladder.id].policies.escalation else { throw ladder.failure }
    let rungs = escalation.rungs(of: ladder.rule)
    for (index, (number, rung)) in rungs.enumerated() {
      if Task.isCancelled { throw CancellationError() }
      let hasLeft = ladder.past?.hasLeft(number) ?? false
      let step = Step(
        number: number, rung: rung,
        record: try ladder.past?.reached[number] ?? reach(number, rung, ladder),
        otherwise: index + 1 < rungs.count
          ? plan.text(of: rungs[index + 1].rung) : "the run is aborted")
      do {
        let writes = try await (hasLeft ? pastSelf : self).withinBudget(
          of: ladder.id, in: ladder.instance, rung: number, &ladder
        ) { run, ladder in try await run.perform(step, &ladder) }
        if let writes, !hasLeft { return writes }
      } catch var failure as Failure {
        // That nobody answered is not what is to be decided about.
        if plan.nodes[ladder.id].isQuestion(failure.address.node) {
          ladder.unanswered = failure
          continue
        }
        ladder.unanswered = nil
        failure.keepOnly(what: ladder.failure)
        ladder.failure = failure
      } catch let error as JournalError {
        throw error
      } catch  where hasLeft {
        // The past no longer tells what it came to; that it came to nothing is known.
      }
    }
    throw try await abort(
      ladder.why("its ladder ended without a decision, after \(ladder.failure.whereAndWhy)"),
      by: nil, at: ladder.address)
  }

  /// One rung, as it is performed.
  struct Step: Sendable {
    let number: Int
    let rung: Escalation.Rung
    /// The number of the record by which the ladder came to it.
    let record: Int
    /// What is done if it settles nothing, in words.
    let otherwise: String
  }

  private func reach(
    _ number: Int, _ rung: Escalation.Rung, _ ladder: Ladder
  ) throws -> Int {
    let renewal = renewBudget(ladder)
    return try record(.reached(rung: number, plan.text(of: rung)), at: ladder.address) { writer in
      if let renewal { writer.add("spent", json: renewal) }
      switch rung {
      case .retry, .reassign: writer.add("take", ladder.production.take + 1)
      case .ask, .notify, .fallback, .abort: break
      }
    }
  }

  /// Ends the run for good, and waits until everything is cancelled because of it.
  ///
  /// - Returns: The error to throw.
  func abort(
    _ reason: String, by member: String?, at address: Address
  ) async throws -> CancellationError {
    if isPast || Task.isCancelled { throw CancellationError() }
    var addition: EventLog.Addition?
    let abortion = Abortion(
      place: address.description, by: member, why: reason, isDoubt: false)
    control.abort(abortion) {
      addition = log.add(.aborted(reason: reason, by: member), at: address)
    }
    addition?.tell()
    nursery.cancelAll()
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    for await _ in stream {}
    continuation.finish()
    return CancellationError()
  }
}

extension Escalation {
  /// The first rule that meets a trigger.
  fileprivate func rule(on trigger: Trigger) -> Int? {
    rules.firstIndex { $0.triggers.contains(trigger) }
  }
}

extension Failure {
  /// Whether it is the budget of this visit of a step that is used up.
  fileprivate func hasUsedUpBudget(of address: Address) -> Bool {
    if case .budgetExhausted = cause { self.address == address } else { false }
  }

  /// Where it happened and why, in words.
  var whereAndWhy: String { "'\(address)' \(reason)" }
}
