import TroupePlan

/// Stages whose work must not simply be started again when nobody knows whether it was done.
extension Execution {
  /// Finds out what an attempt that gave nothing has done, as far as the stage's policy asks for
  /// it.
  ///
  /// - Returns: What the work gave all the same, as the stage's probe says, and the number of the
  ///   record; `nil` if the stage goes on as after any failure.
  /// - Throws: `Failure` with the cause `inDoubt` if it cannot be told, `CancellationError`.
  func settle(
    _ attempt: Event.Attempt, _ failure: Failure, _ take: Take
  ) async throws -> (output: Delivered, record: Int)? {
    let key = IdempotencyKey.of(run: self.id, address: take.address, take: take.keyTake)
    return try await settle(attempt, failure, take.id, at: take.address, key: key)
  }

  private func settle(
    _ attempt: Event.Attempt, _ failure: Failure, _ id: Int, at address: Address, key: String
  ) async throws -> (output: Delivered, record: Int)? {
    guard plan.nodes[id].policies.occurrence != .atLeastOnce else { return nil }
    if failure.isConcern { return nil }
    if failure.isNotStarted {
      log.append(.examined(attempt, found: .notDone), at: address)
      return nil
    }
    var reason = failure.reason
    if let probe = bodies[id].probe {
      journal?.hasten()
      do {
        switch try await probe(key) {
        case .finished(let output):
          var delivered = Delivered(value: output, usage: Usage())
          if let type = bodies[id].work.output { delivered = try await kept(delivered, as: type) }
          let record = log.append(
            .examined(attempt, found: .finished), at: address, more: delivered.members)
          note(author: attempt.member, of: address, take: attempt.take)
          compensations?.finish(attempt, of: address, .values([delivered.value]), record: record)
          return (delivered, record)
        case .notDone:
          log.append(.examined(attempt, found: .notDone), at: address)
          compensations?.withdraw(attempt, of: address)
          return nil
        case .unknown: break
        }
      } catch {
        if Task.isCancelled { throw CancellationError() }
        reason += "; its probe failed: \(error)"
      }
    }
    var doubt = failure.inDoubt(because: reason, key: key)
    doubt.record = log.append(.examined(attempt, found: .unknown), at: address)
    throw doubt
  }

  /// Finds out what an attempt has done that had begun before the run was resumed, where it must
  /// not simply be started again.
  ///
  /// - Returns: What the work gave, if it was done; `nil` if it may be started.
  /// - Throws: `Failure` with the cause `inDoubt` if it cannot be told, `CancellationError`.
  func settlePast(
    _ last: AttemptHistory, _ id: Int, in instance: Instance?
  ) async throws -> Done? {
    let address = address(id, in: instance)
    let cause: Failure.Cause =
      switch last.end {
      case .failed(let cause, _, _, _): cause
      case .gaveUp(.timedOut(let limit)): .timedOut(limit)
      case .unknown, .gaveUp, .finished: .error(Interrupted())
      }
    let failure = failure(of: last, cause, id, in: instance)
    if failure.isConcern, !last.isPardoned { throw failure }
    guard last.wasStarted else {
      // Its prompt failed.
      if case .failed = last.end, !last.isPardoned { throw failure }
      return nil
    }
    let examined = mailbox?.examined(at: address.description) ?? last.examined
    let key =
      last.key ?? IdempotencyKey.of(run: self.id, address: address, take: last.attempt.take)
    switch examined?.found {
    case .finished:
      return try await done(examined?.output, record: examined?.record, id, in: instance)
    case .notDone: return nil
    case .aborted: throw CancellationError()
    case .overridden:
      return try await done(examined?.output, record: examined?.record, id, in: instance)
    case .unknown where bodies[id].probe == nil || isPast:
      var doubt = failure.inDoubt(because: failure.reason, key: key)
      doubt.record = examined?.record ?? 0
      throw doubt
    case .unknown, nil: break
    }
    if isPast { throw CancellationError() }
    guard let (output, record) = try await settle(last.attempt, failure, id, at: address, key: key)
    else {
      return nil
    }
    let writes = layout.write(id).map { slot in
      Writes.one(slot: slot, Version(value: output.value, record: record))
    }
    return Done(writes: writes ?? .none, record: record)
  }

  /// Whether an attempt that ended with an error may be followed by another one.
  func mayRepeat(after error: any Error, at address: Address) -> Bool {
    guard !(error is Concern) else { return false }
    return plan.nodes[address.node].policies.occurrence != .atMostOnce || error is NotStarted
  }
}

/// Why work gave nothing that had begun when its process ended or its run was stopped.
struct Interrupted: Error, CustomStringConvertible {
  let description = "it was interrupted before it had come to its end"
}

extension Failure {
  /// The same failure of a stage of which nobody knows what it has done.
  fileprivate func inDoubt(because reason: String, key: String) -> Failure {
    Failure(
      address: address, take: take, attempts: attempts, member: member,
      cause: .inDoubt(reason: reason, idempotencyKey: key), others: others, location: location)
  }

  /// Whether the agent or the code said that it did nothing.
  var isNotStarted: Bool {
    if case .error(let error) = cause { error is NotStarted } else { false }
  }

  /// Whether the agent or the code raised a concern, which ends its work.
  var isConcern: Bool {
    if case .concern = cause { true } else { false }
  }

  /// Whether it is not known what was done, here or in what failed with it.
  var isInDoubt: Bool {
    if case .inDoubt = cause { return true }
    return others.contains(where: \.isInDoubt)
  }
}
