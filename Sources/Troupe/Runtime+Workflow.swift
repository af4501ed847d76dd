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
  /// - Returns: What it ends with.
  /// - Throws: `CompilationError` if the workflow cannot run, `TeamMismatch` if the team cannot do
  ///   it, `RunFailure` if it failed, with what was achieved, or `CancellationError`.
  public func run<Work: Workflow>(
    _ workflow: Work, input: Work.Input, id: String? = nil
  ) async throws -> Work.Output {
    try Artifact<Work.Output>.value(await run(workflow.compile(), input: input, id: id))
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
  ///   - body: The scope.
  /// - Returns: What the scope returns.
  /// - Throws: `CompilationError` if the workflow cannot run, `TeamMismatch` if the team cannot do
  ///   it, or what the scope throws.
  public func withRun<Work: Workflow, Result>(
    of workflow: Work, input: Work.Input, id: String? = nil,
    _ body: (Run<Work.Output>) async throws -> Result
  ) async throws -> Result {
    try await withRun(of: workflow.compile(), input: input, id: id) { state in
      try await body(Run(state: state))
    }
  }
}
