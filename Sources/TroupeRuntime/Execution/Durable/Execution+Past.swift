package import TroupePlan

/// What a journal says of stages that were begun before the run was resumed.
extension Execution {
  /// What a take of a stage came to, if it came to its end.
  func recorded(
    _ attempts: ArraySlice<AttemptHistory>, _ id: Int, in instance: Instance?
  ) async throws -> Done? {
    guard let last = attempts.last else { return nil }
    if let examined = overridden(last, at: address(id, in: instance)) {
      return try await done(examined.output, record: examined.record, id, in: instance)
    }
    if case .finished(let payload, _) = last.end {
      return try await done(payload, record: last.ended, id, in: instance)
    }
    let isAsked = history(address(id, in: instance))?.asked(last.attempt) == true
    // What people were asked stays open, and is never in doubt.
    if plan.nodes[id].policies.occurrence != .atLeastOnce, !isAsked {
      return try await settlePast(last, id, in: instance)
    }
    guard last.ended != nil else { return nil }
    switch last.end {
    case .failed(let cause, _, _, true) where !last.isPardoned:
      throw failure(of: last, cause, id, in: instance)
    case .gaveUp(.timedOut(let limit)) where plan.nodes[id].role == nil && !last.isPardoned:
      let allowed = plan.nodes[id].policies.retry?.attempts ?? 1
      guard attempts.count(where: \.countsAsFailure) >= allowed else { return nil }
      throw failure(of: last, .timedOut(limit), id, in: instance)
    case .unknown, .failed, .gaveUp, .finished: return nil
    }
  }

  /// A stage that is done, as a record says.
  func done(
    _ payload: Payload?, record: Int?, _ id: Int, in instance: Instance?
  ) async throws -> Done {
    let record = record ?? 0
    guard let slot = layout.write(id) else { return Done(writes: .none, record: record) }
    let value = try await value(of: payload, id, in: instance)
    return Done(writes: .one(slot: slot, Version(value: value, record: record)), record: record)
  }

  private func value(
    of payload: Payload?, _ id: Int, in instance: Instance?
  ) async throws -> any Sendable {
    let address = address(id, in: instance)
    do {
      guard let payload, let journal, let type = bodies[id].work.output else {
        throw RecordedError(description: "its record holds none")
      }
      return try type.decode(try await journal.value(of: payload))
    } catch {
      throw halt(RecordUnreadable(what: "the output of '\(address)'", error))
    }
  }

  /// The failure of an attempt that a journal tells of.
  func failure(
    of past: AttemptHistory, _ cause: Failure.Cause, _ id: Int, in instance: Instance?
  ) -> Failure {
    let attempt = past.attempt
    var failure = failure(
      id, in: instance, take: attempt.take, attempts: attempt.number, member: attempt.member,
      cause)
    failure.record = past.ended ?? 0
    return failure
  }

  /// Stops the run, because it cannot go on without contradicting its journal.
  func halt(_ error: any Error) -> any Error {
    control.fail(error)
    nursery.cancelAll()
    return error
  }
}

extension Body.Work {
  /// The type of what a stage gives.
  package var output: ValueType? {
    switch self {
    case .code(_, let output), .assignment(_, let output): output
    default: nil
    }
  }
}

/// A value that was recorded before the run was resumed cannot be read any more.
struct RecordUnreadable: Error, CustomStringConvertible {
  let what: String
  let reason: String
  private let isDamage: Bool

  init(what: String, reason: String) {
    self.what = what
    self.reason = reason
    isDamage = false
  }

  init(what: String, _ error: any Error) {
    self.what = what
    reason = "\(error)"
    isDamage = error is StoreError
  }

  var description: String {
    "\(what) that the journal holds cannot be read: \(reason)"
      + (isDamage
        ? ". The run is stopped as it was"
        : "; was its type changed? The run is stopped as it was, and goes on once the type fits again")
  }
}

/// A stage would do again, with another input, what it has already begun under the same key.
struct InputChanged: Error, CustomStringConvertible {
  let address: String

  var description: String {
    "'\(address)' was started before the run was resumed, and would now be given another input "
      + "under the same idempotency key; this is a defect in Troupe, please report it"
  }
}
