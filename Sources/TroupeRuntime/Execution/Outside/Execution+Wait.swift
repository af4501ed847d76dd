import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Waits for signals and for time.
extension Execution {
  /// A wait without policies and fallback, which is done when its signal or its instant has come.
  func plainWait(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Done {
    do {
      return try await wait(id, in: instance, frame)
    } catch var failure as Failure {
      let address = address(id, in: instance)
      if let closed = history(address)?.closed {
        failure.record = closed.record
        throw failure
      }
      let json: JSONValue? = journal == nil ? nil : failure.json
      failure.record = note(.closed(.failed(reason: failure.reason)), at: address) { writer in
        if let json { writer.add("failure", json: json) }
      }
      throw failure
    } catch {
      if !control.isStopping { note(.closed(.cancelled), at: address(id, in: instance)) }
      throw error
    }
  }

  func wait(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Done {
    switch (plan.nodes[id].kind, bodies[id].work) {
    case (.wait(.signal(let signal)), _):
      return try await wait(for: signal, id, in: instance)
    case (.wait(.instant), .instant(let find)):
      return try await wait(id, in: instance) { [self] in
        try await self.instant(find, id, in: instance, frame)
      }
    case (.wait(.span(let length)), _):
      return try await wait(id, in: instance) { [clock] in clock.date + length.seconds }
    default: preconditionFailure("node \(id) is no wait")
    }
  }

  private func instant(
    _ find: @Sendable (Body.Values) async throws -> Date, _ id: Int, in instance: Instance?,
    _ frame: Frame
  ) async throws -> Date {
    let values = try values(id, given(frame, begun: nil))
    do {
      return try await consulting(about: address(id, in: instance)) { try await find(values) }
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw failure(id, in: instance, take: 1, .error(error))
    }
  }

  /// Waits for time alone.
  ///
  /// - Parameter find: Finds out until when; asked once, because it is recorded.
  private func wait(
    _ id: Int, in instance: Instance?, until find: () async throws -> Date
  ) async throws -> Done {
    let address = address(id, in: instance)
    let past = history(address)?.wait
    if let ended = past?.ended { return Done(writes: .none, record: ended) }
    if isPast { throw CancellationError() }
    let end: Date
    if let recorded = past?.until {
      end = recorded
    } else {
      end = try await find()
      try record(.waiting(signal: nil, until: end), at: address)
    }
    try await rest(until: end, at: address)
    try await lookForLetters()
    return Done(writes: .none, record: try record(.passed, at: address))
  }

  private func wait(
    for signal: Node.Awaited, _ id: Int, in instance: Instance?
  ) async throws -> Done {
    let address = address(id, in: instance)
    let past = history(address)?.wait
    if let past, let number = past.consumed, let ended = past.ended {
      let payload = try recordedPayload(of: number, signal.name, at: address)
      return done(id, payload, record: ended)
    }
    if let missed = past?.missed { throw self.missed(signal, id, in: instance, record: missed) }
    if isPast { throw CancellationError() }
    let limit = past?.until ?? signal.within.map { clock.date + $0.seconds }
    let wait = signals.open(
      signal.name, at: address, until: limit, isDetachable: traits[id].contains(.detachable),
      again: past?.opened)
    let end = await end(by: limit, pass: { [signals] in signals.pass(wait) }) {
      await signals.end(of: wait)
    }
    switch end {
    case .consumed(let payload, let record): return done(id, payload, record: record)
    case .passed(let record): throw missed(signal, id, in: instance, record: record)
    case .cancelled: throw CancellationError()
    }
  }

  /// Waits for an instant, which is something from outside as long as it has not come.
  private func rest(until end: Date, at address: Address) async throws {
    guard let activity, end > clock.date else { return try await clock.sleep(untilDate: end) }
    let awaiting = Awaiting(address: address.description, what: .instant(end))
    let number = activity.beginRest(for: awaiting)
    activity.tellIfResting()
    defer { activity.wake(number) }
    // Whoever cancels it must not find it resting.
    try await withTaskCancellationHandler {
      try await clock.sleep(untilDate: end)
    } onCancel: {
      activity.wake(number)
    }
  }

  private func done(_ id: Int, _ payload: any Sendable, record: Int) -> Done {
    guard let slot = layout.write(id) else { return Done(writes: .none, record: record) }
    return Done(writes: .one(slot: slot, Version(value: payload, record: record)), record: record)
  }

  private func missed(
    _ signal: Node.Awaited, _ id: Int, in instance: Instance?, record: Int
  ) -> Failure {
    var failure = failure(
      id, in: instance, take: 1, .signalMissed(signal.name, within: signal.within ?? .zero))
    failure.record = record
    return failure
  }

  private func recordedPayload(
    of number: Int, _ name: String, at address: Address
  ) throws -> any Sendable {
    do {
      guard let signal = recall?.signals.first(where: { $0.number == number }) else {
        throw RecordedError(description: "its record is gone")
      }
      return try signals.type(of: name).decode(signal.payload)
    } catch {
      throw halt(RecordUnreadable(what: "the payload of signal '\(name)'", error))
    }
  }

  /// How something from outside that is waited for ends.
  ///
  /// - Parameters:
  ///   - limit: When its time is over, if that is limited.
  ///   - pass: Called then, once the letters have been taken in that came before.
  ///   - end: Waits for the end.
  func end<End: Sendable>(
    by limit: Date?, pass: @escaping @Sendable () -> Void, of end: () async -> End
  ) async -> End {
    guard let limit else { return await end() }
    let alarm = Alarm(activity)
    if limit <= clock.date { alarm.ring() }
    return await withTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        defer { alarm.turnOff() }
        guard (try? await clock.sleep(untilDate: limit)) != nil else { return }
        alarm.ring()
        guard (try? await lookForLetters()) != nil else { return }
        pass()
      }
      defer { group.cancelAll() }
      return await end()
    }
  }

  /// Gives back the signals that losing contestants of a race took after it was won.
  func giveBackSignals(ofLosersIn race: Int, in instance: Instance?, wonAt record: Int) {
    guard !program.signals.isEmpty else { return }
    signals.giveBack(inside: address(race, in: instance).description, after: record)
  }
}
