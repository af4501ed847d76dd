public import TroupeLanguage
public import TroupeRuntime

extension Runtime {
  /// Runs a workflow to its end.
  ///
  /// Cancelling the task that waits for it cancels everything in flight; when this returns,
  /// nothing of the run is left but what the runtime's store keeps. A durable run that was
  /// cancelled in this way, that failed, or whose process ended goes on where its journal ends
  /// when it is run again under its identity; of one that has ended, the recorded output is
  /// returned.
  ///
  /// - Parameters:
  ///   - workflow: The workflow.
  ///   - input: What it starts with.
  ///   - id: The identity of the run; by default it gets one of its own.
  ///   - acceptingChanges: Whether a kept run goes on with a workflow that has changed since, if
  ///     the change fits what has happened: it is recorded, and holds from then on.
  ///   - raised: Larger limits with which a kept run goes on that a limit had ended.
  /// - Returns: What it ends with.
  /// - Throws: `CompilationError` if the workflow cannot run, `TeamMismatch` if the team cannot do
  ///   it, `RunFailure` if it failed, with what was achieved, or `CancellationError`; of a kept run
  ///   also `RunIsHeld` if it is being run elsewhere, `RunMismatch` if it was started with
  ///   something else, `LimitRefused` if a limit cannot be raised, `StoreError` and `JournalError`.
  public func run<Work: Workflow>(
    _ workflow: Work, input: Work.Input, id: String? = nil, acceptingChanges: Bool = false,
    raising raised: [RaisedLimit] = []
  ) async throws -> Work.Output {
    let resumption = Resumption(acceptsChanges: acceptingChanges, raised: raised)
    return try Artifact<Work.Output>.value(
      await run(workflow.compile(), input: input, id: id, resumption))
  }

  /// Runs a workflow within a scope that can watch and cancel it.
  ///
  /// ```swift
  /// let post = try await runtime.withRun(of: LaunchPost(), input: brief) { run in
  ///   for await event in run.events { print(event) }
  ///   return try await run.output
  /// }
  /// ```
  ///
  /// The run begins at once. When the scope ends before the run has, the run is cancelled; when
  /// this returns, nothing of the run is left.
  ///
  /// - Parameters:
  ///   - workflow: The workflow.
  ///   - input: What it starts with.
  ///   - id: The identity of the run; by default it gets one of its own.
  ///   - acceptingChanges: Whether a kept run goes on with a workflow that has changed since, if
  ///     the change fits what has happened: it is recorded, and holds from then on.
  ///   - raised: Larger limits with which a kept run goes on that a limit had ended.
  ///   - body: The scope.
  /// - Returns: What the scope returns.
  /// - Throws: `CompilationError` if the workflow cannot run, `TeamMismatch` if the team cannot do
  ///   it, what the scope throws, or of a kept run what `run` throws of it.
  public func withRun<Work: Workflow, Result>(
    of workflow: Work, input: Work.Input, id: String? = nil, acceptingChanges: Bool = false,
    raising raised: [RaisedLimit] = [],
    _ body: (Run<Work.Output>) async throws -> Result
  ) async throws -> Result {
    let resumption = Resumption(acceptsChanges: acceptingChanges, raised: raised)
    return try await withRun(of: workflow.compile(), input: input, id: id, resumption) { state in
      try await body(Run(state: state))
    }
  }
}
