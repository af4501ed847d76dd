import TroupeLanguage
public import TroupePlan
public import TroupeRuntime

/// A run of a workflow, within the scope that started it.
public struct Run<Output: Codable & Sendable>: Sendable {
  let state: RunState

  /// The run's identity, by which idempotency keys tell it from others.
  public var id: String { state.id }

  /// The plan that is run.
  public var plan: Plan { state.plan }

  /// What happens in the run, from its first event to its last, however late one asks.
  public var events: Events { state.events }

  /// What the run ends with, as soon as it has.
  ///
  /// - Throws: `RunFailure` if the run failed, `CancellationError` if it was cancelled.
  public var output: Output {
    get async throws { try Artifact<Output>.value(await state.output()) }
  }

  /// Sends a signal to the run.
  ///
  /// It is taken by the wait for that signal that opened first, or kept until one opens.
  ///
  /// ```swift
  /// try await run.signal(.approved, Approval(by: "Ann"))
  /// ```
  ///
  /// - Parameters:
  ///   - signal: The signal.
  ///   - payload: What it carries.
  /// - Throws: `SignalRefused` if no step of the workflow waits for the signal, or takes another
  ///   payload, or if the run has ended.
  public func signal<Payload>(_ signal: Signal<Payload>, _ payload: Payload) async throws {
    try await state.signal(signal.name, payload, as: ValueType(of: Payload.self))
  }

  /// Sends a signal to the run that carries nothing but its name.
  ///
  /// - Parameter signal: The signal.
  /// - Throws: `SignalRefused` if no step of the workflow waits for the signal, or takes a payload,
  ///   or if the run has ended.
  public func signal(_ signal: Signal<NoPayload>) async throws {
    try await self.signal(signal, NoPayload())
  }

  /// Cancels everything in the run.
  public func cancel() { state.cancel() }
}
