import TroupePlan

/// Stages of roles: prompts, members, and failover from one to the next.
extension Execution {
  /// The prompt of a take: evaluated once, before the take's first start, and read from the journal
  /// ever after.
  func prompt(
    _ take: Take, _ recorded: Payload?, _ evaluate: @Sendable () async throws -> String
  ) async throws -> String {
    if let recorded, let journal {
      guard case .string(let text) = try await journal.value(of: recorded) else {
        throw halt(
          RecordUnreadable(what: "the prompt of '\(take.address)'", reason: "it is no text"))
      }
      return text
    }
    let context = StageContext(
      address: take.address, take: take.number, attempt: 1, feedback: take.feedback,
      deadline: nil, run: id, keyTake: take.keyTake, waivers: take.waivers)
    journal?.hasten()
    do {
      return try await StageContext.$current.withValue(context) { try await evaluate() }
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw try neverStarted(take, error)
    }
  }

  /// The failure of a stage of which nothing was started. A journal gets to know of it as well.
  private func neverStarted(_ take: Take, _ error: any Error) throws -> Failure {
    var failure = failure(take.id, in: take.instance, take: take.number, Failure.Cause(error))
    guard journal != nil else { return failure }
    let attempt = Event.Attempt(take: take.number, number: take.next, member: nil)
    let cause = failure.cause.json
    failure.record = try record(
      .failed(attempt, reason: "\(error)", pause: nil, usage: Usage()), at: take.address
    ) {
      $0.add("cause", json: cause)
      $0.add("last", true)
    }
    return failure
  }

  /// A role's stage with its retries for each member, and failover from one member to the next.
  func assignment(
    _ take: Take, prompt: String, output: ValueType
  ) async throws -> (output: Delivered, record: Int) {
    let roleID = take.role
    let role = plan.role(roleID) ?? Role(roleID)
    var assignment = Assignment(
      address: take.address.description, role: role, prompt: prompt, feedback: take.feedback,
      schema: output.isText ? nil : output.schema().schema,
      idempotencyKey: IdempotencyKey.of(run: self.id, address: take.address, take: take.keyTake),
      take: take.number, attempt: openAttempt(take)?.number ?? take.next)
    var (tried, earlier, resumed) = membersBefore(take)
    let authors = barred(from: roleID)
    tried.formUnion(authors)
    let seat = seat(take)
    // One of several reviewers who fails is a vote less, and nobody else's second one.
    func isNobodyLeft() -> Bool {
      seat != nil || settings.dispatcher.candidates(for: roleID, excluding: tried) == 0
    }
    if earlier.isEmpty, resumed == nil, tried == authors, isNobodyLeft() && seat == nil {
      throw try neverStarted(
        take,
        authors.isEmpty
          ? NobodyPlays(role: roleID)
          : NobodyElsePlays(role: roleID, authors: Independence.barred))
    }
    while true {
      if resumed == nil, let last = earlier.last, isNobodyLeft() {
        // Whoever was left to ask is no longer there.
        var failure = last
        failure.others += earlier.dropLast()
        throw failure
      }
      let lease: Lease
      if let asked = try asked(take, of: roleID, seat) {
        lease = asked
      } else {
        assignment.attempt = max(assignment.attempt, take.next)
        var ask = ask(roleID, take)
        (ask.excluded, ask.only) = (tried, resumed?.index)
        lease = try await self.lease(ask, take, seat)
      }
      let failures = resumed?.failures ?? 0
      resumed = nil
      tried.insert(lease.index)
      if lease.isPerson, seat == nil { tried.formUnion(settings.dispatcher.people(for: roleID)) }
      let isLast = isNobodyLeft()
      do {
        return try await attempts(
          by: lease, after: failures, isLast: isLast, assignment, output, take)
      } catch var failure as Failure {
        assignment.attempt = failure.attempts + 1
        guard isLast || failure.isInDoubt || failure.isConcern else {
          earlier.append(failure)
          continue
        }
        failure.others += earlier
        throw failure
      }
    }
  }

  /// The members who must not do the work of a role, because they have made what is to be reviewed.
  func barred(from role: Role.ID) -> Set<Int> {
    Set(Independence.barred.compactMap { settings.dispatcher.index(of: $0, playing: role) })
  }

  /// Who has tried a take before the run was resumed: who is done with it, with their failures, and
  /// who is to go on, with the number of failures that count.
  private func membersBefore(
    _ take: Take
  ) -> (tried: Set<Int>, earlier: [Failure], resumed: (index: Int, failures: Int)?) {
    var tried: Set<Int> = []
    var earlier: [Failure] = []
    let role = take.role
    let allowed = plan.nodes[take.id].policies.retry?.attempts ?? 1
    let counted = take.past.filter { !$0.isPardoned }
    var names: [String] = []
    for past in counted {
      if let name = past.attempt.member, !names.contains(name) { names.append(name) }
    }
    for name in names {
      let own = counted.filter { $0.attempt.member == name }
      if own.last.map({ history(take.address)?.asked($0.attempt) == true }) == true {
        tried.formUnion(settings.dispatcher.people(for: role))
      }
      guard let last = own.last, let index = settings.dispatcher.index(of: name, playing: role)
      else { continue }
      let failures = own.count(where: \.countsAsFailure)
      switch last.end {
      case .failed(let cause, nil, _, _):
        tried.insert(index)
        earlier.append(failure(of: last, cause, take.id, in: take.instance))
      case .gaveUp(.timedOut(let limit)) where failures >= allowed || name != names.last:
        tried.insert(index)
        earlier.append(failure(of: last, .timedOut(limit), take.id, in: take.instance))
      default:
        if name == names.last { return (tried, earlier, (index, failures)) }
        tried.insert(index)
      }
    }
    return (tried, earlier, nil)
  }

  /// The attempts of one member.
  ///
  /// - Parameters:
  ///   - failures: The attempts of the member that have failed before.
  ///   - isLast: Whether nobody is left who could take over.
  private func attempts(
    by first: Lease, after failures: Int, isLast: Bool, _ assignment: Assignment,
    _ output: ValueType, _ take: Take
  ) async throws -> (output: Delivered, record: Int) {
    var (lease, assignment) = (first, assignment)
    var failures = failures
    if failures > 0 {
      do {
        try await rest(after: take)
      } catch {
        _ = settings.dispatcher.release(lease, .unused)
        throw error
      }
    }
    while true {
      let asked = lease.isPerson ? openAttempt(take) : nil
      let attempt =
        asked
        ?? Event.Attempt(
          take: assignment.take, number: assignment.attempt, member: lease.member.name)
      let pause = pause(plan.nodes[take.id].policies.retry, after: failures + 1)
      assignment.deadline = deadline(take.id)
      do {
        if lease.isPerson {
          defer { _ = settings.dispatcher.release(lease, .done) }
          let done = try await self.ask(
            Trial(
              attempt: attempt, address: take.address, pause: pause, isLast: pause == nil && isLast,
              member: lease.member, claim: claim(attempt, at: take.address, lease.member)),
            assignment, lease, output, take)
          note(lease.index, record: done.record, take.id, in: take.instance)
          return done
        }
        let done = try await perform(
          attempt, take, pause: pause, isLast: pause == nil && isLast, prompt: assignment.prompt,
          by: lease.member,
          finally: { [dispatcher = settings.dispatcher, lease] outcome in
            dispatcher.release(lease, outcome).map { Event.Kind($0, of: lease.member) }
          },
          work(assignment, attempt, lease, output, take))
        note(lease.index, record: done.record, take.id, in: take.instance)
        return done
      } catch let error as AttemptError {
        if error.isGivenUp, let standing = settings.dispatcher.noteTimeout(lease) {
          try record(Event.Kind(standing, of: lease.member), at: take.address)
        }
        let failure = end(error, take.id, in: take.instance, attempt)
        // What people are asked is never in doubt.
        if !lease.isPerson, let done = try await settle(attempt, failure, take) { return done }
        guard let pause, !failure.isConcern else { throw failure }
        if !isLast, settings.dispatcher.isSuspended(lease.index) { throw failure }
        try await rest(for: pause, after: failure)
        var ask = ask(assignment.role.id, take)
        ask.only = lease.index
        if let again = settings.dispatcher.tryAcquire(ask) {
          lease = again
        } else if error.isGivenUp, !isLast {
          // The member may hold on to the attempt that was given up for as long as it likes.
          throw failure
        } else {
          lease = try await queue(ask, at: take.address)
        }
        failures += 1
        assignment.attempt += 1
      }
    }
  }

  /// What a take asks of the dispatcher.
  private func ask(_ role: Role.ID, _ take: Take) -> Ask {
    var ask = Ask(role, priority: program.priority(of: take.id))
    ask.acquaintances = acquaintances(with: take.id, in: take.instance, role)
    return ask
  }

  private func lease(_ ask: Ask, _ take: Take, _ seat: Panels.Seat?) async throws -> Lease {
    var ask = ask
    let tried = ask.excluded
    while true {
      if let seat {
        ask.excluded = tried.union(taken(besides: seat, ask.role))
        if settings.dispatcher.candidates(for: ask.role, excluding: ask.excluded) == 0 {
          throw try neverStarted(take, NobodyLeft(role: ask.role))
        }
      }
      let lease: Lease
      if let free = settings.dispatcher.tryAcquire(ask) {
        lease = free
      } else {
        lease = try await queue(ask, at: take.address)
      }
      guard let seat, !panels.claim(seat, for: lease.index) else { return lease }
      // Another reviewer was faster.
      _ = settings.dispatcher.release(lease, .unused)
    }
  }

  private func queue(_ ask: Ask, at address: Address) async throws -> Lease {
    try record(.queued(role: ask.role), at: address)
    guard let activity else { return try await settings.dispatcher.acquire(ask) }
    return try await activity.idling { try await settings.dispatcher.acquire(ask) }
  }

  /// What an agent is asked within one attempt: again, with feedback, while it does not decode.
  private func work(
    _ assignment: Assignment, _ attempt: Event.Attempt, _ lease: Lease, _ output: ValueType,
    _ take: Take
  ) -> @Sendable () async throws -> Delivered {
    let address = take.address
    return { [self] in
      var assignment = assignment
      var usage = Usage()
      while true {
        let context = StageContext(
          address: address, take: assignment.take, attempt: assignment.attempt,
          feedback: assignment.feedback, deadline: assignment.deadline, run: id,
          groups: journal?.folder.groups, keyTake: take.keyTake, waivers: take.waivers)
        let delivery = try await StageContext.$current.withValue(context) { [assignment] in
          // Not held any longer than it works: its unit may be let go of as soon as it is free.
          try await settings.dispatcher.agent(of: lease).perform(assignment)
        }
        usage = usage + delivery.usage.counted
        do {
          let value = try Answer.value(of: delivery, as: output)
          if let objection = questions.objection(to: value, at: address) {
            throw Answer.Unusable(reason: objection, answer: (value as? Resolution)?.text)
          }
          return try await kept(Delivered(value: value, usage: usage), as: output)
        } catch let unusable as Answer.Unusable {
          guard assignment.turn < Answer.turns else {
            throw Undecodable(reason: unusable.reason, turns: assignment.turn, usage: usage)
          }
          log.append(.askedAgain(attempt, reason: unusable.reason), at: address)
          journal?.hasten()
          assignment.feedback.append(
            Feedback(source: .decoding, reason: unusable.reason, rejected: unusable.answer))
          assignment.turn += 1
        }
      }
    }
  }
}
