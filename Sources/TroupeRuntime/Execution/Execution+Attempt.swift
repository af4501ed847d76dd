import TroupePlan

/// One attempt of a stage: at once in the step's own task, or where the run can give it up.
extension Execution {
  /// Performs an attempt and records how it ended.
  ///
  /// - Parameter pause: The pause before the next attempt if this one fails, or `nil` if it is the
  ///   last.
  /// - Parameter finally: Called when the work has really ended, also if it was given up before.
  /// - Throws: What the work threw, `GivenUp` for a timeout, `CancellationError` when cancelled.
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

  /// Records how an attempt in the step's own task went wrong.
  func inline(
    _ error: any Error, _ attempt: Event.Attempt, at address: Address, pause: Duration?
  ) -> any Error {
    if Task.isCancelled {
      log.append(.gaveUp(attempt, .cancelled), at: address)
      return CancellationError()
    }
    log.append(.failed(attempt, reason: "\(error)", pause: pause), at: address)
    return error is CancellationError ? UnaskedCancellation() : error
  }

  private func detached(
    _ attempt: Event.Attempt, _ id: Int, at address: Address, pause: Duration?,
    _ finally: @escaping @Sendable () -> Void,
    _ work: @escaping @Sendable () async throws -> Delivered
  ) async throws -> (output: Delivered, record: Int) {
    let cell = AttemptCell<Delivered>()
    let timeout = plan.nodes[id].policies.timeout
    let giveUp: @Sendable (Event.GivingUp) -> Void = { [log] reason in
      cell.giveUp(reason) { log.append(.gaveUp(attempt, reason), at: address) }
    }
    log.append(.started(attempt), at: address)
    nursery.start(attempt, at: address) { [self] in
      await withTaskGroup(of: Void.self) { group in
        group.addTask { [self] in
          let result = await self.attempt(work)
          finally()
          record(result, of: attempt, in: cell, at: address, pause: pause)
        }
        group.addTask { await cell.untilGivenUp() }
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
    } catch let givenUp as GivenUp where givenUp.reason == .cancelled {
      throw CancellationError()
    }
  }

  private func record(
    _ result: Result<Delivered, any Error>, of attempt: Event.Attempt,
    in cell: AttemptCell<Delivered>, at address: Address, pause: Duration?
  ) {
    if Task.isCancelled, case .failure = result {
      cell.giveUp(.cancelled) { log.append(.gaveUp(attempt, .cancelled), at: address) }
    }
    let wasLive = cell.complete {
      switch result {
      case .success(let output):
        let record = log.append(.finished(attempt, usage: output.usage), at: address)
        return .success((output, record))
      case .failure(let error):
        log.append(.failed(attempt, reason: "\(error)", pause: pause), at: address)
        return .failure(error is CancellationError ? UnaskedCancellation() : error)
      }
    }
    if !wasLive {
      let usage = (try? result.get().usage) ?? Usage()
      log.append(.stale(attempt, usage: usage), at: address)
    }
  }
}

/// Work threw a `CancellationError` although nobody had cancelled it.
struct UnaskedCancellation: Error, CustomStringConvertible {
  var description: String { "it threw a CancellationError although nobody had cancelled it" }
}
