import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Attempts of people: they are asked, and the run waits for the answer as for anything from
/// outside.
extension Execution {
  /// The attempt for which people were asked before the run was resumed, if that is still open.
  func openAttempt(_ take: Take) -> Event.Attempt? {
    guard let last = history(take.address)?.attempts.last, last.asks, case .unknown = last.end,
      last.attempt.take == take.number,
      !requests.isSettled(last.attempt.request(at: take.address))
    else { return nil }
    return last.attempt
  }

  /// One of the people who were asked before the run was resumed, or of those who play the role
  /// now.
  ///
  /// What is asked stays open under its identity as long as a person plays the role; if none does
  /// any more, it is withdrawn.
  ///
  /// - Parameter seat: The place among the reviewers of a gate, if the stage has one of several.
  func asked(
    _ take: Take, of role: Role.ID, _ seat: Panels.Seat?
  ) throws -> Lease? {
    guard let open = openAttempt(take) else { return nil }
    let dispatcher = settings.dispatcher
    let before = open.member.flatMap { dispatcher.index(of: $0, playing: role) }
    let barred = barred(from: role)
    let people = Set(dispatcher.people(for: role)).subtracting(barred)
    if let before, people.contains(before),
      let lease = dispatcher.tryAcquire(Ask(role, only: before))
    {
      return lease
    }
    let others = seat.map { taken(besides: $0, role) } ?? []
    if let lease = dispatcher.tryAcquire(
      Ask(role, excluding: others.union(barred).union(dispatcher.machines(for: role))))
    {
      if let seat { _ = panels.claim(seat, for: lease.index) }
      return lease
    }
    try record(.gaveUp(open, .cancelled), at: take.address)
    requests.abandon(open.request(at: take.address))
    return nil
  }

  /// Asks people for what a stage is to give, unless they have been asked already, and waits for
  /// the answer.
  ///
  /// - Throws: `AttemptError` if nobody answers in time, `CancellationError`, `JournalError`.
  func ask(
    _ trial: Trial, _ assignment: Assignment, _ lease: Lease, _ output: ValueType,
    _ take: Take
  ) async throws -> (output: Delivered, record: Int) {
    let (attempt, address) = (trial.attempt, trial.address)
    let request = attempt.request(at: address)
    let before = requests.asked(request)
    if openAttempt(take) != attempt {
      try await passToStart()
      try await start(trial, take, prompt: assignment.prompt, asks: true)
    }
    let timeout = plan.nodes[take.id].policies.timeout
    let over = timeout.map { (before ?? clock.date) + $0.seconds }
    let around = TimeLimit.end.map { clock.date + ($0 - clock.now).seconds }
    let isSeat = seat(take) != nil
    let dispatcher = settings.dispatcher
    let authors = barred(from: assignment.role.id)
    let people =
      isSeat
      ? [lease.index] : dispatcher.people(for: assignment.role.id).filter { !authors.contains($0) }
    let terms = questions.terms(at: address)
    let asking = Event.Asking(
      request: request,
      purpose: terms.map { .resolution(of: $0.step, $0.decisions) } ?? plan.purpose(of: take.id),
      role: assignment.role.id,
      members: redirected(request) ?? people.map(dispatcher.name),
      until: [over, around].compactMap(\.self).min())
    let silence = asking.until.map { end in
      // The time of a rung is a deadline of the question.
      if let terms, plan.nodes[take.id].policies.deadline != nil { return terms.otherwise }
      return plan.silence(at: take.id, isOwn: end == over)
    }
    var schema: JSONSchema?
    switch asking.purpose {
    case .review: break
    case .assignment: schema = output.isText ? nil : output.schema().schema
    case .resolution: schema = terms?.outputs.schema
    }
    let asked = requests.open(
      asking, attempt, at: address, clock.date, barred: Independence.barred,
      more: details(silence: silence, schema, about: terms?.wrote ?? []))
    try await untilDurable(log.last)
    let end = await whilePlayed(
      by: lease.member.agent, asking, assignment, take, since: asked
    ) {
      await self.end(by: over, pass: { [requests] in requests.pass(request) }) {
        await requests.end(of: request)
      }
    }
    switch end {
    case .answered(let given):
      let delivered = try await kept(Delivered(value: given.value, usage: Usage()), as: output)
      let usage = trial.priced(Usage())
      let record = log.append(
        .finished(attempt, usage: usage), at: address, more: delivered.members)
      note(author: given.answering.by, of: address, take: attempt.take)
      compensations?.finish(attempt, of: address, .values([delivered.value]), record: record)
      settle(trial, usage)
      return (delivered, record)
    case .passed:
      let limit = timeout ?? .zero
      requests.abandon(request)
      compensations?.withdraw(attempt, of: address)
      settle(trial, Usage(), isKnown: false)
      throw AttemptError(
        timedOut: limit, record: log.append(.gaveUp(attempt, .timedOut(limit)), at: address))
    case .cancelled:
      // What only stops stays open.
      if !control.isStopping {
        requests.abandon(request)
        log.append(.gaveUp(attempt, .cancelled), at: address)
        compensations?.withdraw(attempt, of: address)
        settle(trial, Usage(), isKnown: false)
      }
      throw CancellationError()
    }
  }

  /// What only the journal says of a request: what follows when nobody answers, what an answer must
  /// look like, and what is to be decided about.
  private func details(
    silence: String?, _ schema: JSONSchema?, about wrote: [(String, Int)]
  ) -> [UInt8] {
    guard journal != nil else { return [] }
    return RecordWriter.members { writer in
      writer.add("silence", silence)
      if let schema { writer.add("schema", json: schema.json) }
      if !wrote.isEmpty { writer.add("wrote", numbers: wrote) }
      if !Independence.barred.isEmpty {
        writer.add("authors", json: .array(Independence.barred.sorted().map { .string($0) }))
      }
    }
  }

  /// The members whom somebody decided to ask, as far as they are still people of the team.
  private func redirected(_ request: String) -> [String]? {
    let people = Set(settings.dispatcher.people)
    let members =
      requests.redirected(request)?.filter {
        people.contains($0) && !Independence.barred.contains($0)
      } ?? []
    return members.isEmpty ? nil : members
  }

  /// Hands a request on, as a letter wants it.
  ///
  /// - Parameter target: The name of a person of the team, or a role that people play.
  /// - Throws: `AnswerRefused`.
  func redirect(
    _ request: String, to target: String, _ letter: Letter, why: String
  ) throws(AnswerRefused) {
    let dispatcher = settings.dispatcher
    let all = dispatcher.people
    let members =
      all.contains(target) ? [target] : dispatcher.people(for: target).map(dispatcher.name)
    guard !members.isEmpty else {
      throw AnswerRefused(
        request,
        .nobody(
          "'\(target)' is neither a person of the team nor a role that one plays; people are "
            + all.map { "'\($0)'" }.joined(separator: ", ")))
    }
    try requests.redirect(
      request, to: members,
      more: RecordWriter.members { writer in
        writer.add("by", letter.from)
        writer.add("why", why)
        writer.add("id", letter.id)
      })
  }
}
