import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One compensation with its retries.
extension Execution {
  /// Undoes one piece of work.
  ///
  /// - Returns: Whether it has come to its end, also by a failure; `false` if the run stops.
  func compensate(_ due: Compensations.Due) async -> Bool {
    let address = due.address
    do {
      let reason = try await compensate(due, history(address))
      compensations?.end(address, because: reason)
      return true
    } catch {
      return false
    }
  }

  /// - Returns: Why it has failed for good; `nil` if it is done.
  private func compensate(
    _ due: Compensations.Due, _ past: NodeHistory?
  ) async throws -> String? {
    let address = due.address
    let policies = plan.nodes[address.node].policies
    let isPlain = traits[address.node].contains(.plainStage)
    if !isPlain, past?.opened == nil { log.append(.opened, at: address) }
    var number = (past?.attempts.last?.attempt.number ?? 0) + 1
    var failures = past?.attempts.count { $0.countsAsFailure } ?? 0
    try await restOf(past)
    while true {
      let attempt = Event.Attempt(take: 1, number: number, member: nil)
      let pause = pause(policies.retry, after: failures + 1)
      guard let reason = try await perform(attempt, of: due, policies.timeout, pause) else {
        if !isPlain { log.append(.closed(.completed), at: address) }
        try await untilDurable(log.last)
        return nil
      }
      guard let pause else {
        if !isPlain { log.append(.closed(.failed(reason: reason)), at: address) }
        try await untilDurable(log.last)
        return reason
      }
      try await idle(for: pause)
      number += 1
      failures += 1
    }
  }

  /// One attempt.
  ///
  /// - Returns: Why it failed, if it did.
  private func perform(
    _ attempt: Event.Attempt, of due: Compensations.Due, _ timeout: Duration?, _ pause: Duration?
  ) async throws -> String? {
    try await activity?.pass()
    let address = due.address
    if let claim = claim(attempt, at: address, nil) { ledger?.charge(claim) }
    let key = IdempotencyKey.of(run: id, address: address, take: attempt.take)
    let started = log.append(
      .started(attempt), at: address,
      more: journal == nil ? nil : RecordWriter.members { $0.add("key", key) })
    try await untilDurable(started)
    let end = timeout.map { clock.now + $0 }
    let context = StageContext(
      address: address, take: attempt.take, attempt: attempt.number, feedback: [],
      deadline: timeout.map { clock.date + $0.seconds }, run: id, groups: journal?.folder.groups)
    do {
      let values = try await values(of: due)
      try await StageContext.$current.withValue(context) {
        try await within(end) { [bodies] in
          guard case .effect(let undo) = bodies[address.node].work else { return }
          try await undo(values)
        }
      }
      log.append(.finished(attempt, usage: Usage()), at: address)
      return nil
    } catch is TookTooLong {
      let limit = timeout ?? .zero
      log.append(.gaveUp(attempt, .timedOut(limit)), at: address)
      return Failure.reason(of: .timedOut(limit))
    } catch {
      if Task.isCancelled || error is JournalError {
        log.append(.gaveUp(attempt, .stopped), at: address)
        throw error
      }
      let cause: JSONValue? = journal == nil ? nil : Failure.Cause(error).json
      log.append(
        .failed(attempt, reason: "\(error)", pause: pause, usage: Usage()), at: address,
        more: cause.map { cause in
          RecordWriter.members { writer in
            writer.add("cause", json: cause)
            writer.add("last", pause == nil)
          }
        })
      return "\(error)"
    }
  }

  /// What a compensation is given: the output, and what it reads; or the key of what is unfinished.
  private func values(of due: Compensations.Due) async throws -> Body.Values {
    let stage = due.work.stage
    let isEffect = plan.nodes[stage.node].writes.isEmpty
    var output: Body.Values = isEffect && due.work.finished != nil ? [true] : []
    if !isEffect {
      switch due.work.output {
      case .none: break
      case .values(let values): output = values
      case .payload(let payload):
        guard let journal, let type = bodies[stage.node].work.output else { break }
        output = [try type.decode(try await journal.value(of: payload))]
      }
    }
    guard due.isFinished else {
      return [IdempotencyKey.of(run: id, address: stage, take: due.work.take)] + output
    }
    return output + (try await inputs(of: due))
  }

  private func inputs(of due: Compensations.Due) async throws -> Body.Values {
    let slots = layout.reads(due.address.node)
    switch due.work.inputs {
    case .none: return []
    case .values(let values): return values
    case .payload(let payload):
      guard let journal, case .array(let list) = try await journal.value(of: payload),
        list.count == slots.count
      else { throw RecordedError(description: "its record holds no longer what the stage read") }
      let table = SlotTable(program)
      return try zip(slots, list).map { slot, json in
        guard let type = table.type(of: Int(slot)) else {
          throw RecordedError(description: "no step writes any more what the stage read")
        }
        return try type.decode(json)
      }
    }
  }

  /// Does something in a limited time, and waits for it to end in any case.
  private func within(
    _ end: Duration?, _ work: @escaping @Sendable () async throws -> Void
  ) async throws {
    guard let end else { return try await work() }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await work()
        return true
      }
      group.addTask { [clock] in
        try await clock.sleep(until: end)
        return false
      }
      defer { group.cancelAll() }
      guard try await group.next() == false else { return }
      group.cancelAll()
      // Work that was done all the same is done.
      if case .success(true)? = await group.nextResult() { return }
      throw TookTooLong()
    }
  }

  /// Waits for what is left of the pause that a failed attempt had begun before the run was
  /// resumed.
  private func restOf(_ past: NodeHistory?) async throws {
    guard let last = past?.attempts.last, case .failed(_, let pause?, let date, _) = last.end else {
      return
    }
    let left = min(pause, .seconds(date.timeIntervalSince(clock.date)) + pause)
    if left > .zero { try await idle(for: left) }
  }
}

private struct TookTooLong: Error {}
