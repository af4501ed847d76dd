import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Stages: attempts, retries and failover.
extension Execution {
  /// What an attempt gives.
  struct Delivered: Sendable {
    let value: any Sendable
    let usage: Usage
  }

  /// A stage without policies and fallback.
  func plainStage(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Done {
    let writes = try await stage(id, in: instance, frame, take: 1, [])
    if case .one(_, let version) = writes { return Done(writes: writes, record: version.record) }
    return Done(writes: writes, record: log.count)
  }

  /// One take of a stage.
  func stage(
    _ id: Int, in instance: Instance?, _ frame: Frame, take: Int, _ own: [Feedback]
  ) async throws -> Writes {
    let values = try values(id, frame)
    let feedback = own.isEmpty && instance == nil ? [] : told(instance) + own
    let ended: (output: Delivered, record: Int)
    switch bodies[id].work {
    case .code(let perform, _):
      ended = try await code(id, in: instance, take: take, feedback) {
        Delivered(value: try await perform(values), usage: Usage())
      }
    case .effect(let perform):
      ended = try await code(id, in: instance, take: take, feedback) {
        try await perform(values)
        return Delivered(value: true, usage: Usage())
      }
    case .assignment(let prompt, let output):
      let context = StageContext(
        address: address(id, in: instance), take: take, attempt: 1, feedback: feedback,
        deadline: nil, run: self.id)
      let text: String
      do {
        text = try await StageContext.$current.withValue(context) { try await prompt(values) }
      } catch {
        if Task.isCancelled { throw CancellationError() }
        throw failure(id, in: instance, take: take, .error(error))
      }
      ended = try await assignment(
        id, in: instance, take: take, feedback, prompt: text, output: output)
    default: return .none
    }
    guard let slot = layout.write(id) else { return .none }
    return .one(slot: slot, Version(value: ended.output.value, record: ended.record))
  }

  /// What was wrong with the takes of the containers around a stage, the oldest first.
  func told(_ instance: Instance?) -> [Feedback] {
    var feedback: [Feedback] = []
    var current = instance
    while let instance = current {
      feedback = instance.feedback + feedback
      current = instance.parent
    }
    return feedback
  }

  /// A code stage with its retries.
  private func code(
    _ id: Int, in instance: Instance?, take: Int, _ feedback: [Feedback],
    _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    let retry = plan.nodes[id].policies.retry
    let address = address(id, in: instance)
    var number = 1
    while true {
      let attempt = Event.Attempt(take: take, number: number, member: nil)
      let context = StageContext(
        address: address, take: take, attempt: number, feedback: feedback,
        deadline: deadline(id), run: self.id)
      let pause = pause(retry, after: number)
      do {
        return try await perform(attempt, id, at: address, pause: pause) {
          try await StageContext.$current.withValue(context) { try await work() }
        }
      } catch let error as AttemptError {
        let failure = end(error, id, in: instance, attempt)
        guard let pause else { throw failure }
        try await rest(for: pause, after: failure)
        number += 1
      }
    }
  }

  /// A role's stage with its retries for each member, and failover from one member to the next.
  private func assignment(
    _ id: Int, in instance: Instance?, take: Int, _ feedback: [Feedback], prompt: String,
    output: ValueType
  ) async throws -> (output: Delivered, record: Int) {
    let roleID = plan.nodes[id].role ?? ""
    let role = plan.role(roleID) ?? Role(roleID)
    let address = address(id, in: instance)
    var assignment = Assignment(
      address: address.description, role: role, prompt: prompt, feedback: feedback,
      schema: output.isText ? nil : output.schema().schema,
      idempotencyKey: IdempotencyKey.of(run: self.id, address: address, take: take), take: take)
    var tried: Set<Int> = []
    var earlier: [Failure] = []
    while true {
      let lease = try await lease(roleID, excluding: tried, at: address)
      tried.insert(lease.index)
      let isLast = settings.dispatcher.candidates(for: roleID, excluding: tried) == 0
      do {
        return try await attempts(
          by: lease, isLast: isLast, assignment, output, id, in: instance, at: address)
      } catch var failure as Failure {
        assignment.attempt = failure.attempts + 1
        guard isLast else {
          earlier.append(failure)
          continue
        }
        failure.others += earlier
        throw failure
      }
    }
  }

  /// The attempts of one member.
  ///
  /// - Parameter isLast: Whether nobody is left who could take over.
  private func attempts(
    by first: Dispatcher.Lease, isLast: Bool, _ assignment: Assignment, _ output: ValueType,
    _ id: Int, in instance: Instance?, at address: Address
  ) async throws -> (output: Delivered, record: Int) {
    var (lease, assignment) = (first, assignment)
    var ofMember = 1
    while true {
      let attempt = Event.Attempt(
        take: assignment.take, number: assignment.attempt, member: lease.member.name)
      let pause = pause(plan.nodes[id].policies.retry, after: ofMember)
      assignment.deadline = deadline(id)
      do {
        return try await perform(
          attempt, id, at: address, pause: pause,
          finally: { [dispatcher = settings.dispatcher, lease] in dispatcher.release(lease) },
          work(assignment, attempt, lease.member.agent, output, at: address))
      } catch let error as AttemptError {
        let failure = end(error, id, in: instance, attempt)
        guard let pause else { throw failure }
        try await rest(for: pause, after: failure)
        if let again = settings.dispatcher.tryAcquire(
          assignment.role.id, excluding: [], only: lease.index)
        {
          lease = again
        } else if error.isGivenUp, !isLast {
          // The member may hold on to the attempt that was given up for as long as it likes.
          throw failure
        } else {
          log.append(.queued(role: assignment.role.id), at: address)
          lease = try await settings.dispatcher.acquire(
            assignment.role.id, excluding: [], only: lease.index)
        }
        ofMember += 1
        assignment.attempt += 1
      }
    }
  }

  private func lease(
    _ role: Role.ID, excluding tried: Set<Int>, at address: Address
  ) async throws -> Dispatcher.Lease {
    if let lease = settings.dispatcher.tryAcquire(role, excluding: tried) { return lease }
    log.append(.queued(role: role), at: address)
    return try await settings.dispatcher.acquire(role, excluding: tried)
  }

  /// What an agent is asked within one attempt: again, with feedback, while it does not decode.
  private func work(
    _ assignment: Assignment, _ attempt: Event.Attempt, _ agent: any Agent, _ output: ValueType,
    at address: Address
  ) -> @Sendable () async throws -> Delivered {
    { [log, run = self.id] in
      var assignment = assignment
      var usage = Usage()
      while true {
        let context = StageContext(
          address: address, take: assignment.take, attempt: assignment.attempt,
          feedback: assignment.feedback, deadline: assignment.deadline, run: run)
        let delivery = try await StageContext.$current.withValue(context) { [assignment] in
          try await agent.perform(assignment)
        }
        usage = usage + delivery.usage
        do {
          return Delivered(value: try Answer.value(of: delivery, as: output), usage: usage)
        } catch let unusable as Answer.Unusable {
          guard assignment.turn < Answer.turns else {
            throw Undecodable(reason: unusable.reason, turns: assignment.turn, usage: usage)
          }
          log.append(.askedAgain(attempt, reason: unusable.reason), at: address)
          assignment.feedback.append(
            Feedback(source: .decoding, reason: unusable.reason, rejected: unusable.answer))
          assignment.turn += 1
        }
      }
    }
  }

  /// The pause before the next attempt, or `nil` if there is none.
  private func pause(_ retry: Retry?, after failures: Int) -> Duration? {
    guard let retry, failures < retry.attempts else { return nil }
    let chance = retry.backoff.jitter > 0 ? settings.chance.fraction() : 0
    return retry.backoff.pause(after: failures, chance: chance)
  }

  /// When an attempt that starts now will be given up: by the stage's own timeout, or by a limit of
  /// a step around it.
  private func deadline(_ id: Int) -> Date? {
    let now = clock.now
    let own = plan.nodes[id].policies.timeout.map { now + $0 }
    guard let end = [own, TimeLimit.end].compactMap(\.self).min() else { return nil }
    return clock.date + (end - now).seconds
  }

  private func rest(for pause: Duration, after failure: Failure) async throws {
    do {
      try await clock.sleep(until: clock.now + pause)
    } catch {
      throw Cancelled(after: failure)
    }
  }

  /// How a stage ends whose last attempt ended with an error.
  func end(
    _ error: AttemptError, _ id: Int, in instance: Instance?, _ attempt: Event.Attempt
  ) -> Failure {
    var failure = failure(
      id, in: instance, take: attempt.take, attempts: attempt.number, member: attempt.member,
      error.cause)
    failure.record = error.record
    return failure
  }
}

/// An agent's answers did not have the form that the stage needs.
struct Undecodable: Error, CustomStringConvertible {
  let reason: String
  let turns: Int
  let usage: Usage
  var description: String { "answered \(turns) times in a form that cannot be used: \(reason)" }
}

extension Duration {
  /// The duration in seconds, for arithmetic with dates.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
