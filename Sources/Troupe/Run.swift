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

  /// Cancels everything in the run.
  public func cancel() { state.cancel() }
}
