import TroupePlan

/// Timeouts of containers and deadlines.
extension Execution {
  /// Runs a piece of work for at most as long as a policy of the node allows.
  ///
  /// The work is cancelled when its time is over, and has then ended as soon as this returns: its
  /// attempts are in the run's nursery, which waits for those that ignore cancellation. What it
  /// still gives then is too late.
  func limited(
    by policy: KeyPath<Policies, Duration?>?, _ id: Int, in instance: Instance?, take: Int,
    _ work: @escaping @Sendable () async throws -> Writes
  ) async throws -> Writes {
    guard let policy, let limit = plan.nodes[id].policies[keyPath: policy] else {
      return try await work()
    }
    let end = clock.now + limit
    return try await withThrowingTaskGroup(of: Writes?.self) { group in
      group.addTask {
        try await TimeLimit.$end.withValue(min(end, TimeLimit.end ?? end)) { try await work() }
      }
      group.addTask { [clock] in
        try? await clock.sleep(until: end)
        return nil
      }
      defer { group.cancelAll() }
      if let writes = try await group.next() ?? nil { return writes }
      group.cancelAll()
      let late = await group.nextResult()
      if Task.isCancelled, let writes = try late?.get() { return writes }
      let isDeadline = policy == \Policies.deadline
      var failure = failure(
        id, in: instance, take: take, isDeadline ? .deadlinePassed(limit) : .timedOut(limit))
      if case .failure(let error) = late { failure.keep(what: error) }
      throw failure
    }
  }
}

/// The limits of time around a step.
enum TimeLimit {
  /// When the innermost limit that passes first does so, by the run's clock.
  @TaskLocal static var end: Duration?
}
