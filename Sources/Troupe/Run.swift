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

  /// Answers what the run asks people for.
  ///
  /// ```swift
  /// for await event in run.events {
  ///   guard case .asked(_, let asking) = event.kind else { continue }
  ///   try await run.answer(asking.request, .approve, as: "ann")
  /// }
  /// ```
  ///
  /// - Parameters:
  ///   - request: The identity of the request, as the event says it.
  ///   - answer: The answer. The same answer of the same member once more changes nothing.
  ///   - member: The member of the team in whose name.
  /// - Throws: `AnswerRefused` if the request is not open any more or is to others, if somebody has
  ///   answered before, or if the answer is not what was asked for.
  public func answer(_ request: String, _ answer: Inbox.Answer, as member: String) async throws {
    try await state.answer(request, answer, as: member)
  }

  /// Says what became of work of the run that is in doubt: see `Store.settle(_:of:as:by:why:)`.
  ///
  /// Work in doubt stops its run, so that this is for when `output` has thrown; it takes effect
  /// when the run is opened again.
  ///
  /// - Parameters:
  ///   - address: The address of the work, as the failure names it.
  ///   - settlement: What was found out.
  ///   - person: Who found it out.
  ///   - why: How they know.
  /// - Throws: `SettlementRefused` if nothing is in doubt at the address, or if the output is of
  ///   another type than the work gives; `RunHasEnded`; `StoreError`, also if the run is not kept.
  public func settle(
    _ address: String, as settlement: Settlement, by person: String, why: String
  ) async throws {
    try await state.settle(address, as: settlement, by: person, why: why)
  }

  /// Decides about a step in the place of whoever was to: see `Store.override(_:of:as:by:why:)`.
  ///
  /// - Parameters:
  ///   - address: The address of the step.
  ///   - override: What is decided.
  ///   - person: Who decides it.
  ///   - why: Why.
  /// - Throws: `OverrideRefused` if there is nothing to decide, or if the output is of another
  ///   type; `RunHasEnded`; `StoreError`, also if the run is not kept.
  public func override(
    _ address: String, as override: Override, by person: String, why: String
  ) async throws {
    try await state.override(address, as: override, by: person, why: why)
  }

  /// Cancels everything in the run, for good: a run that is kept ends so, also if its process ends
  /// before it has.
  public func cancel() { state.cancel() }
}
