import TroupePlan

/// Timeouts of containers and deadlines.
extension Execution {
  /// Runs a piece of work for at most as long as a policy of the node allows.
  ///
  /// The work is cancelled when its time is over, and has then ended as soon as this returns: its
  /// attempts are in the run's nursery, which waits for those that ignore cancellation. Work that
  /// was done before it could be cancelled counts as done.
  func limited(
    by policy: KeyPath<Policies, Duration?>?, _ id: Int, in instance: Instance?, take: Int,
    _ work: @escaping @Sendable () async throws -> Writes
  ) async throws -> Writes {
    guard let policy, let limit = plan.nodes[id].policies[keyPath: policy] else {
      return try await work()
    }
    let end = clock.now + limit
    return try await withThrowingTaskGroup(of: Writes?.self) { group in
      group.addTask { try await work() }
      group.addTask { [clock] in
        try await clock.sleep(until: end)
        return nil
      }
      defer { group.cancelAll() }
      if let writes = try await group.next() ?? nil { return writes }
      group.cancelAll()
      if let late = try? await group.next(), let writes = late { return writes }
      if Task.isCancelled { throw CancellationError() }
      let isDeadline = policy == \Policies.deadline
      throw failure(
        id, in: instance, take: take, isDeadline ? .deadlinePassed(limit) : .timedOut(limit))
    }
  }
}
