import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Stages: one take, with its attempts and retries.
extension Execution {
  /// What an attempt gives.
  struct Delivered: Sendable {
    var value: any Sendable
    let usage: Usage
    /// The value as members of the record that says the attempt is finished.
    var members: [UInt8] = []
  }

  /// One take of a stage.
  ///
  /// - Parameters:
  ///   - again: What is different where a ladder has it done again.
  ///   - production: What the stage has come to; it gets to know what a role is asked, also where
  ///     this throws.
  func stage(
    _ id: Int, in instance: Instance?, _ frame: Frame, take: Int, _ own: [Feedback],
    _ again: Again? = nil, into production: inout Production
  ) async throws -> Done {
    let address = address(id, in: instance)
    let past = history(address)
    let attempts = past?.attempts(take: take) ?? []
    // What happens at most once has one history over all takes, up to where a ladder has said that
    // it was not done.
    let isOnce = plan.nodes[id].policies.occurrence == .atMostOnce
    let known = isOnce && again == nil ? past?.attempts(upTo: take) ?? [] : attempts
    if let done = try await recorded(known, id, in: instance) {
      remember(known, id, in: instance)
      return done
    }
    if isPast { throw CancellationError() }
    let frame = given(frame, begun: past?.attempts.first?.started)
    let values = try values(id, frame)
    let feedback = own.isEmpty && instance == nil ? [] : told(instance) + own
    let work = Take(
      id: id, instance: instance, address: address, number: take,
      keyTake: again?.keyTake ?? take, role: again?.role ?? plan.nodes[id].role ?? "",
      feedback: feedback, waivers: waivers(readBy: id, frame),
      reads: journal == nil ? [] : reads(id, frame), past: attempts,
      undoes: try compensations?.policy(of: id)?.finished.map { try self.values($0, frame) } ?? [])
    let ended: (output: Delivered, record: Int)
    switch bodies[id].work {
    case .code(let perform, let type):
      ended = try await code(work) { [self] in
        try await kept(Delivered(value: try await perform(values), usage: Usage()), as: type)
      }
    case .effect(let perform):
      ended = try await code(work) {
        try await perform(values)
        return Delivered(value: true, usage: Usage())
      }
    case .assignment(let prompt, let output):
      let text: String
      if let asked = production.prompt {
        text = asked
      } else {
        text = try await self.prompt(work, past?.prompts[work.keyTake]) {
          try await prompt(values)
        }
        production.prompt = text
      }
      ended = try await assignment(work, prompt: text, output: output)
    default: return Done(writes: .none, record: log.last)
    }
    let writes = layout.write(id).map { slot in
      Writes.one(slot: slot, Version(value: ended.output.value, record: ended.record))
    }
    return Done(writes: writes ?? .none, record: ended.record)
  }

  /// What is to be done in one take of a stage, and what has been done of it before.
  struct Take: Sendable {
    let id: Int
    let instance: Instance?
    let address: Address
    let number: Int
    /// The take that first used its idempotency key.
    let keyTake: Int
    /// The role that does it, if one does.
    let role: Role.ID
    let feedback: [Feedback]
    /// What was waived for the versions that it reads.
    let waivers: [Waiver]
    /// The records by which what it reads came to be, by name.
    let reads: [(String, Int)]
    let past: ArraySlice<AttemptHistory>
    /// What the compensation of its work reads.
    let undoes: Body.Values

    /// The number of the next attempt.
    var next: Int { (past.last?.attempt.number ?? 0) + 1 }
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

  /// The records by which what a stage reads came to be, each once: it may read one twice.
  private func reads(_ id: Int, _ frame: Frame) -> [(String, Int)] {
    var reads: [(String, Int)] = []
    for (use, slot) in zip(plan.nodes[id].reads, layout.reads(id)) {
      // Who reads an artifact twice reads one version of it.
      guard !reads.contains(where: { $0.0 == use.name }) else { continue }
      reads.append((use.name, frame[Int(slot)]?.record ?? 0))
    }
    return reads
  }

  /// What a stage gave, in the form in which a journal keeps and gives it.
  func kept(_ delivered: Delivered, as type: ValueType) async throws -> Delivered {
    guard let journal else { return delivered }
    var delivered = delivered
    do {
      (delivered.value, delivered.members) = try await journal.keep(delivered.value, as: type)
    } catch let error as JournalError {
      // No fault of the work, so that nobody is to do it again because of it.
      throw halt(error)
    }
    return delivered
  }

  /// A code stage with its retries.
  private func code(
    _ take: Take, _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    let retry = plan.nodes[take.id].policies.retry
    var number = take.next
    var failures = take.past.count { $0.countsAsFailure }
    try await rest(after: take)
    while true {
      let attempt = Event.Attempt(take: take.number, number: number, member: nil)
      let context = StageContext(
        address: take.address, take: take.number, attempt: number, feedback: take.feedback,
        deadline: deadline(take.id), run: self.id, groups: journal?.folder.groups,
        keyTake: take.keyTake, waivers: take.waivers)
      let pause = pause(retry, after: failures + 1)
      do {
        return try await perform(attempt, take, pause: pause, isLast: pause == nil) {
          try await StageContext.$current.withValue(context) { try await work() }
        }
      } catch let error as AttemptError {
        let failure = end(error, take.id, in: take.instance, attempt)
        if let done = try await settle(attempt, failure, take) { return done }
        guard let pause, !failure.isConcern else { throw failure }
        try await rest(for: pause, after: failure)
        number += 1
        failures += 1
      }
    }
  }

  /// The pause before the next attempt, or `nil` if there is none.
  func pause(_ retry: Retry?, after failures: Int) -> Duration? {
    guard let retry, failures < retry.attempts else { return nil }
    let chance = retry.backoff.jitter > 0 ? settings.chance.fraction() : 0
    return retry.backoff.pause(after: failures, chance: chance)
  }

  /// When an attempt that starts now will be given up: by the stage's own timeout, or by a limit of
  /// a step around it.
  func deadline(_ id: Int) -> Date? {
    let now = clock.now
    let own = plan.nodes[id].policies.timeout.map { now + $0 }
    guard let end = [own, TimeLimit.end].compactMap(\.self).min() else { return nil }
    return clock.date + (end - now).seconds
  }

  /// Waits for what is left of the pause that a failed attempt had begun before the run was
  /// resumed.
  func rest(after take: Take) async throws {
    guard let last = take.past.last, !last.isPardoned,
      case .failed(_, let pause?, let date, _) = last.end
    else { return }
    let left = min(pause, .seconds(date.timeIntervalSince(clock.date)) + pause)
    if left > .zero { try await idle(for: left) }
  }

  func rest(for pause: Duration, after failure: Failure) async throws {
    do {
      try await idle(for: pause)
    } catch {
      throw Cancelled(after: failure)
    }
  }

  func idle(for length: Duration) async throws {
    let end = clock.now + length
    guard let activity else { return try await clock.sleep(until: end) }
    try await activity.idling { try await clock.sleep(until: end) }
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
struct Undecodable: UsageReporting, CustomStringConvertible {
  let reason: String
  let turns: Int
  let usage: Usage
  var description: String { "answered \(turns) times in a form that cannot be used: \(reason)" }
}

extension Duration {
  /// The duration in whole microseconds.
  var microseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }

  /// The duration in seconds, for arithmetic with dates.
  package var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
