import TroupePlan

/// One attempt of a stage: at once in the step's own task, or where the run can give it up.
extension Execution {
  /// Performs an attempt and records how it ended.
  ///
  /// - Parameter pause: The pause before the next attempt if this one fails, or `nil` if it is the
  ///   last.
  /// - Parameter finally: Called when the work has really ended, also if it was given up before.
  /// - Throws: `AttemptError` if the work failed or took too long, `CancellationError` when
  ///   cancelled.
  func perform(
    _ attempt: Event.Attempt, _ id: Int, at address: Address, pause: Duration?,
    finally: @escaping @Sendable () -> Void = {},
    _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    if traits[id].contains(.detachable) {
      return try await detached(attempt, id, at: address, pause: pause, finally, work)
    }
    log.append(.started(attempt), at: address)
    defer { finally() }
    do {
      let output = try await work()
      return (output, log.append(.finished(attempt, usage: output.usage), at: address))
    } catch {
      throw inline(error, attempt, at: address, pause: pause)
    }
  }

  /// Records how an attempt in the step's own task went wrong, and gives the error to throw.
  func inline(
    _ error: any Error, _ attempt: Event.Attempt, at address: Address, pause: Duration?
  ) -> any Error {
    if Task.isCancelled {
      log.append(.gaveUp(attempt, .cancelled), at: address)
      return CancellationError()
    }
    let record = log.append(failed(attempt, error, pause), at: address)
    return AttemptError(error, record: record)
  }

  private func failed(
    _ attempt: Event.Attempt, _ error: any Error, _ pause: Duration?
  ) -> Event.Kind {
    let usage = (error as? Undecodable)?.usage ?? Usage()
    return .failed(attempt, reason: "\(error)", pause: pause, usage: usage)
  }

  private func detached(
    _ attempt: Event.Attempt, _ id: Int, at address: Address, pause: Duration?,
    _ finally: @escaping @Sendable () -> Void,
    _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    let cell = AttemptCell<Delivered>()
    let timeout = plan.nodes[id].policies.timeout
    let giveUp: @Sendable (Event.GivingUp) -> Void = { [log] reason in
      cell.giveUp(reason) { log.add(.gaveUp(attempt, reason), at: address) }
    }
    log.append(.started(attempt), at: address)
    nursery.start { [self] in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { [self] in
          let result = await self.attempt(work)
          finally()
          record(result, of: attempt, in: cell, at: address, pause: pause)
        }
        group.addTask { await cell.untilOver() }
        if let timeout {
          let end = clock.now + timeout
          group.addTask { [clock] in
            guard (try? await clock.sleep(until: end)) != nil else { return }
            giveUp(.timedOut(timeout))
          }
        }
        await group.next()
        group.cancelAll()
      }
    }
    let completion = await withTaskCancellationHandler {
      await cell.outcome()
    } onCancel: {
      giveUp(.cancelled)
    }
    do {
      return try completion.get()
    } catch let givenUp as GivenUp {
      guard case .timedOut(let limit) = givenUp.reason else { throw CancellationError() }
      throw AttemptError(timedOut: limit, record: givenUp.record)
    }
  }

  private func record(
    _ result: Result<Delivered, any Error>, of attempt: Event.Attempt,
    in cell: AttemptCell<Delivered>, at address: Address, pause: Duration?
  ) {
    if Task.isCancelled, case .failure = result {
      cell.giveUp(.cancelled) { log.add(.gaveUp(attempt, .cancelled), at: address) }
    }
    let wasLive = cell.complete {
      switch result {
      case .success(let output):
        let finished = log.add(.finished(attempt, usage: output.usage), at: address)
        return (.success((output, finished.sequence)), finished)
      case .failure(let error):
        let failed = log.add(failed(attempt, error, pause), at: address)
        return (.failure(AttemptError(error, record: failed.sequence)), failed)
      }
    }
    if !wasLive {
      let usage =
        switch result {
        case .success(let output): output.usage
        case .failure(let error): (error as? Undecodable)?.usage ?? Usage()
        }
      log.append(.stale(attempt, usage: usage), at: address)
    }
  }
}

/// Why an attempt gave nothing, and the number of the record that says so.
struct AttemptError: Error {
  let cause: Failure.Cause
  let record: Int
  /// Whether the run no longer waits for the work, which may go on.
  let isGivenUp: Bool

  /// An attempt that ended with an error.
  init(_ error: any Error, record: Int) {
    self.record = record
    isGivenUp = false
    switch error {
    case let undecodable as Undecodable:
      cause = .undecodable(reason: undecodable.reason, turns: undecodable.turns)
    case is CancellationError: cause = .error(UnaskedCancellation())
    default: cause = .error(error)
    }
  }

  /// An attempt that was given up because it took longer than its timeout.
  init(timedOut limit: Duration, record: Int) {
    cause = .timedOut(limit)
    self.record = record
    isGivenUp = true
  }
}

/// Work threw a `CancellationError` although nobody had cancelled it.
struct UnaskedCancellation: Error, CustomStringConvertible {
  var description: String { "it threw a CancellationError although nobody had cancelled it" }
}
