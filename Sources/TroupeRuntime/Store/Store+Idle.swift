import TroupePlan

/// Runs that do not get further.
extension Store {
  /// How often in a row a run may be opened without a new record.
  static let idleOpeningLimit = 5

  /// Whether a run does not get further, however often it is opened. One that waits for something
  /// from outside has nothing to record until that comes.
  func isStuck(_ recall: Recall) -> Bool {
    guard recall.idleOpenings >= Self.idleOpeningLimit else { return false }
    return !recall.nodes.values.contains { history in
      guard let wait = history.wait, history.closed == nil else { return false }
      return wait.ended == nil && wait.missed == nil
    }
  }

  /// Records that a run is stopped because it does not get further, and waits until that is
  /// durable. The caller holds the run's lock.
  func stopIdle(_ recall: Recall, _ path: String, _ request: Request) async throws {
    let root = Address(node: 0, in: nil, plan: request.plan.nodes)
    let body = Event.Kind.stopped(.idle).record(at: root, more: [])
    let bytes = JournalWriter.bytes(
      of: [(recall.last + 1, body)], durable: recall.last, at: request.date)
    let file = try await files.openForAppending(path)
    defer { file.close() }
    let result = await withCheckedContinuation { continuation in
      file.commit({ bytes }, then: { continuation.resume(returning: $0) })
    }
    do {
      try result.get()
    } catch {
      throw JournalError(path: path, cause: error)
    }
  }
}
