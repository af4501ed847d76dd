import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Timeouts of containers and deadlines.
extension Execution {
  /// Runs a piece of work for at most as long as a policy of the node allows.
  ///
  /// The work is cancelled when its time is over, and has then ended as soon as this returns: its
  /// attempts are in the run's nursery, which waits for those that ignore cancellation. What it
  /// still gives then is too late.
  ///
  /// - Parameters:
  ///   - due: When a deadline is; a timeout begins now, in every process anew.
  ///   - work: The work, done by the run or by what it was.
  func limited(
    _ kind: Event.Limit, until due: Date? = nil, _ id: Int, in instance: Instance?, take: Int,
    _ work: @escaping @Sendable (Execution) async throws -> Writes
  ) async throws -> Writes {
    let policies = plan.nodes[id].policies
    guard let limit = kind == .deadline ? policies.deadline : policies.timeout else {
      return try await work(self)
    }
    let address = address(id, in: instance)
    if let history = history(address),
      kind == .deadline ? history.isOverdue : history.timedOut.contains(take)
    {
      return try await tooLate(kind, limit, id, in: instance, take: take, work)
    }
    let end =
      due.map { clock.now + .seconds($0.timeIntervalSince(clock.date)) } ?? clock.now + limit
    let alarm = Alarm(activity)
    // What has already passed is not waited for.
    if let due, due <= clock.date { alarm.ring() }
    return try await withThrowingTaskGroup(of: Writes?.self) { group in
      group.addTask { [self] in
        try await TimeLimit.$end.withValue(min(end, TimeLimit.end ?? end)) { try await work(self) }
      }
      group.addTask { [self] in
        if let due {
          try? await clock.sleep(untilDate: due)
        } else {
          try? await clock.sleep(until: end)
        }
        if !Task.isCancelled {
          alarm.ring()
          try await lookForLetters()
        }
        return nil
      }
      defer {
        group.cancelAll()
        alarm.turnOff()
      }
      if let writes = try await group.next() ?? nil { return writes }
      // A wait is done with the record that it took its signal, and what people were asked with
      // that of their answer, which came first then; one with gates may have to wait again.
      let isAnswered = requests.withdraw(inside: address, isOver: !Task.isCancelled)
      if policies.gates.isEmpty, signals.hasTaken(at: address) || isAnswered,
        let writes = try await group.next() ?? nil
      {
        return writes
      }
      // Before anything inside is cancelled. Where the run itself is, nothing has passed.
      if !Task.isCancelled { try record(.expired(kind, take: take), at: address) }
      group.cancelAll()
      let late = await group.nextResult()
      if Task.isCancelled, let writes = try late?.get() { return writes }
      var failure = exceeded(kind, limit, id, in: instance, take: take)
      if case .failure(let error) = late { failure.keep(what: error) }
      throw failure
    }
  }

  /// Ends as the step did whose limit had passed before the run was resumed.
  private func tooLate(
    _ kind: Event.Limit, _ limit: Duration, _ id: Int, in instance: Instance?, take: Int,
    _ work: @Sendable (Execution) async throws -> Writes
  ) async throws -> Writes {
    var failure = exceeded(kind, limit, id, in: instance, take: take)
    do {
      _ = try await work(pastSelf)
    } catch {
      failure.keepOnly(what: error)
    }
    try abandon(inside: id, in: instance)
    throw failure
  }

  private func exceeded(
    _ kind: Event.Limit, _ limit: Duration, _ id: Int, in instance: Instance?, take: Int
  ) -> Failure {
    failure(
      id, in: instance, take: take,
      kind == .deadline ? .deadlinePassed(limit) : .timedOut(limit))
  }
}

extension Execution {
  /// Holds an attempt back that is about to begin, if none may begin any more, or if the time of a
  /// step around it is over: whoever looks after that cancels it, also where it passed while no
  /// process had the run.
  ///
  /// - Throws: `CancellationError`, when the task is cancelled, which ends the wait.
  func passToStart() async throws {
    try await activity?.pass()
    guard let end = TimeLimit.end, end < clock.now else { return }
    let (stream, continuation) = AsyncStream<Never>.makeStream()
    for await _ in stream {}
    continuation.finish()
    throw CancellationError()
  }
}

/// The limits of time around a step.
enum TimeLimit {
  /// When the innermost limit that passes first does so, by the run's clock.
  @TaskLocal static var end: Duration?
}
