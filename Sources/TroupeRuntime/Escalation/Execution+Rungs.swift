import TroupePlan

/// The rungs of a ladder.
extension Execution {
  /// What is different where a ladder has a stage done again.
  struct Again: Sendable {
    /// The role that does it, if it is another one.
    var role: Role.ID?
    /// The take that first used its idempotency key.
    var keyTake: Int
  }

  /// Performs one rung.
  ///
  /// - Returns: What the step writes because of it; `nil` if the next rung follows.
  /// - Throws: `Failure` if it came to nothing.
  func perform(_ step: Step, _ ladder: inout Ladder) async throws -> Writes? {
    switch step.rung {
    case .retry: try await again(&ladder)
    case .reassign(let role): try await again(&ladder, role: role)
    case .ask(let node): try await ask(node, step, &ladder)
    case .notify: nil
    case .fallback(let node): try await standIn(node, &ladder)
    case .abort(let reason): throw try await abort(ladder.why(reason), by: nil, at: ladder.address)
    }
  }

  /// Does the step once more.
  ///
  /// - Parameters:
  ///   - role: Who does it, if that is another role than before.
  ///   - guidance: What those are told who do it.
  ///   - member: Who has decided it.
  private func again(
    _ ladder: inout Ladder, role: Role.ID? = nil, guidance: String? = nil, by member: String? = nil
  ) async throws -> Writes? {
    if ladder.failure.isInDoubt {
      guard ladder.isAboutOwnDoubt else { return nil }
      try noteNotDone(ladder, by: member)
    }
    let take = ladder.production.take + 1
    // What failed without an output may have been done all the same, under the same key.
    let isSame = ladder.production.writes == nil && guidance == nil
    if !isSame || plan.nodes[ladder.id].kind != .stage { try await undo(ladder) }
    let again = Again(role: role, keyTake: isSame ? ladder.production.keyTake : take)
    if let guidance {
      ladder.production.feedback.append(Feedback(source: .escalation, reason: guidance))
    }
    ladder.production.begin(take, key: again.keyTake)
    let writes = try await produce(
      ladder.id, in: ladder.instance, ladder.frame, take: take, ladder.production.feedback, again,
      into: &ladder.production)
    return try await publish(writes, &ladder)
  }

  /// Undoes what the step has done, because of what a rung does instead.
  private func undo(_ ladder: Ladder) async throws {
    try await undo(ladder.id, in: ladder.instance, take: ladder.production.take)
  }

  /// Does other steps instead.
  private func standIn(_ node: Int, _ ladder: inout Ladder) async throws -> Writes? {
    try await undo(ladder)
    ladder.production.begin(ladder.production.take + 1, key: ladder.production.take + 1)
    ladder.production.origin = .steps(node)
    let writes = try await walk(node, in: ladder.instance, ladder.frame).writes
    return try await publish(writes, &ladder)
  }

  /// Has the gates hold for what a rung gave.
  private func publish(_ writes: Writes, _ ladder: inout Ladder) async throws -> Writes {
    ladder.production.writes = writes
    try await hold(
      ladder.id, in: ladder.instance, writes, ladder.frame, take: ladder.production.take,
      &ladder.production)
    return writes
  }

  /// Asks somebody, and does what they decide.
  private func ask(_ node: Int, _ step: Step, _ ladder: inout Ladder) async throws -> Writes? {
    let question = address(node, in: ladder.instance)
    let terms = terms(of: ladder, otherwise: step.otherwise)
    questions.open(question, terms)
    defer { questions.close(question) }
    let seen = Frame(above: ladder.frame, slots: layout.ranges[node])
    if let slot = layout.reads(node).first {
      let trouble = trouble(ladder, terms)
      seen.publish(Version(value: trouble, record: step.record), to: Int(slot))
    }
    let done = try await walk(node, in: ladder.instance, seen)
    guard let slot = layout.write(node),
      let resolution = done.writes.version(of: slot)?.value as? Resolution,
      terms.objection(to: resolution) == nil
    else { return nil }
    let member = answerer(of: question)
    var record = ladder.past?.resolved[step.number]
    if record == nil {
      record = try await resolve(resolution, by: member, step, ladder)
    }
    switch resolution.decision {
    case .retry: return try await again(&ladder, guidance: resolution.reason, by: member)
    case .supply:
      return try await supply(resolution, terms, by: member, record: record ?? 0, &ladder)
    case .accept: return try await accept(resolution, by: member, &ladder)
    case .abort:
      throw try await abort(resolution.reason ?? "no reason given", by: member, at: ladder.address)
    }
  }

  private func resolve(
    _ resolution: Resolution, by member: String?, _ step: Step, _ ladder: Ladder
  ) async throws -> Int {
    if isPast { throw CancellationError() }
    var members: [UInt8] = []
    if let journal, let value = resolution.value {
      members = try await journal.members("value", for: value)
    }
    let renewal = resolution.decision == .retry ? renewBudget(ladder) : nil
    if resolution.decision == .supply {
      note(author: member, of: ladder.address, take: ladder.production.take + 1)
    }
    return try self.record(
      .resolved(rung: step.number, resolution, by: member), at: ladder.address
    ) { writer in
      switch resolution.decision {
      case .retry, .supply: writer.add("take", ladder.production.take + 1)
      case .accept, .abort: break
      }
      if let renewal { writer.add("spent", json: renewal) }
      writer.add(members: members)
    }
  }

  /// Uses what somebody gave as the step's output.
  private func supply(
    _ resolution: Resolution, _ terms: Questions.Terms, by member: String?, record: Int,
    _ ladder: inout Ladder
  ) async throws -> Writes? {
    // What is in doubt may have been done, and is then what is supplied.
    if !ladder.failure.isInDoubt { try await undo(ladder) }
    ladder.production.begin(ladder.production.take + 1, key: ladder.production.take + 1)
    ladder.production.origin = .member(member)
    let values = try terms.values(of: resolution)
    let writes: Writes
    if values.count == 1, let (slot, value) = values.first {
      writes = .one(slot: slot, Version(value: value, record: record))
    } else {
      let own = Frame(above: ladder.frame, slots: layout.ranges[ladder.id])
      for (slot, value) in values { own.publish(Version(value: value, record: record), to: slot) }
      writes = values.isEmpty ? .none : .many(own)
    }
    return try await publish(writes, &ladder)
  }

  /// Waives the gate that did not let pass what the step wrote; those behind it hold.
  private func accept(
    _ resolution: Resolution, by member: String?, _ ladder: inout Ladder
  ) async throws -> Writes? {
    guard let writes = ladder.production.writes, let index = ladder.production.gate else {
      return nil
    }
    let gate = plan.nodes[ladder.id].gates[index]
    let take = ladder.production.gateTake
    let known = history(ladder.address)?.verdicts.last { $0.take == take && $0.gate == gate.name }
    let objection = known?.verdict.reason ?? ladder.failure.objection
    if known?.consequence != .waive {
      let verdict = known?.verdict ?? .rejected(objection)
      try record(.judged(gate: gate.name, verdict, then: .waive), at: ladder.address) { writer in
        writer.add("take", take)
        writer.add("by", member)
        writer.add("why", resolution.reason)
      }
      note(author: member, of: ladder.address, take: take)
    }
    let waiver = Waiver(
      gate: gate.name, objection: objection, member: member ?? "", reason: resolution.reason ?? "")
    for slot in layout.judges(ladder.id, gate: index) {
      if let version = writes.version(of: slot) {
        waivers?.note(waiver, of: version, at: slot, in: ladder.instance)
      }
    }
    if let member { ladder.production.waiving.append(member) }
    try await hold(
      ladder.id, in: ladder.instance, writes, ladder.frame, take: take, from: index + 1,
      &ladder.production)
    return writes
  }

  /// Records that the work which is in doubt was not done, as the ladder says.
  private func noteNotDone(_ ladder: Ladder, by member: String?) throws {
    let attempt = Event.Attempt(
      take: ladder.failure.take, number: ladder.failure.attempts, member: ladder.failure.member)
    let known = history(ladder.address)?.attempts.last { $0.attempt == attempt }
    guard known?.examined?.found != .notDone else { return }
    try record(.examined(attempt, found: .notDone), at: ladder.address) { $0.add("by", member) }
    compensations?.withdraw(attempt, of: ladder.address)
  }

  /// Who has answered a question.
  private func answerer(of question: Address) -> String? {
    var member: String?
    search: for event in log.remembered.reversed() where event.address == question {
      switch event.kind {
      // Which of the people who were asked has answered, the answer says.
      case .answered(_, let answering): return answering.by
      case .finished(let attempt, _): member = member ?? attempt.member
      case .started: break search
      default: break
      }
    }
    if let member { return member }
    let past = history(question)
    return past?.requests.last?.answering?.by ?? past?.attempts.last?.attempt.member
  }
}

extension Execution.Ladder {
  /// Whether it is the step itself of which it is not known what it has done, and the rule is about
  /// that.
  var isAboutOwnDoubt: Bool { trigger == .inDoubt && failure.address == address }
}
