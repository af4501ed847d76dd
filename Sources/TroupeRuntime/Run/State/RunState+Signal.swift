package import TroupePlan

extension RunState {
  /// Sends a signal to the run.
  ///
  /// - Parameters:
  ///   - name: The signal's name.
  ///   - payload: Its payload, which must be of the type that the waits for it take.
  ///   - type: The payload's type.
  /// - Throws: `SignalRefused`, or `JournalError` if a durable run cannot write it down.
  package func signal(
    _ name: String, _ payload: any Sendable, as type: ValueType
  ) async throws {
    let wanted = try execution.signals.type(of: name)
    guard wanted.type == type.type else {
      throw SignalRefused(
        name, .wrongPayload("it is of type '\(type.name)', and a '\(wanted.name)' is waited for"))
    }
    let json: JSONValue
    do {
      json = try type.encode(payload)
    } catch {
      throw SignalRefused(name, .wrongPayload("it cannot be written as JSON: \(error)"))
    }
    try await receive(name, payload, json, id: execution.newSignalID())
  }

  /// Sends a signal to the run, as another process does.
  ///
  /// - Parameters:
  ///   - name: The signal's name.
  ///   - json: Its payload; an empty object for a signal that carries nothing.
  ///   - id: The sender's identity for the signal: what comes a second time is taken once.
  /// - Throws: `SignalRefused`, or `JournalError` if a durable run cannot write it down.
  package func signal(
    _ name: String, json: JSONValue, id: String? = nil
  ) async throws {
    let payload: any Sendable
    do {
      payload = try execution.signals.type(of: name).decode(json)
    } catch let refused as SignalRefused {
      throw refused
    } catch {
      throw SignalRefused(name, .wrongPayload("\(error)"))
    }
    try await receive(name, payload, json, id: id ?? execution.newSignalID())
  }

  /// Takes in a signal, and returns once nothing can make the run forget it.
  private func receive(
    _ name: String, _ payload: any Sendable, _ json: JSONValue, id: String
  ) async throws {
    let record = try execution.signals.receive(name, payload, json: json, id: id)
    try await execution.untilDurable(record)
  }
}

extension Execution {
  /// An identity for a signal whose sender gives none.
  func newSignalID() -> String { String(settings.chance.bits(), radix: 16) }
}
