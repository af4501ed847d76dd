public import TroupeLanguage
public import TroupeRuntime

/// How far a run has come that does not wait.
public enum Advance<Output: Sendable>: Sendable {
  /// It has come to its end, with this output.
  case done(Output)
  /// Only people, signals and time can move it now: these are the steps that wait, in the order in
  /// which they began to.
  case waiting([Awaiting])
}

extension Runtime {
  /// Runs a workflow until it comes to its end, or until it waits for nothing but people, signals
  /// and time.
  ///
  /// A run that waits is stopped then; it goes on when it is run, resumed or advanced again, and
  /// waits for the same as before. So a program that is called every now and then can keep runs
  /// going that take weeks.
  ///
  /// ```swift
  /// switch try await runtime.advance(LaunchPost(), input: brief, id: "launch-7") {
  /// case .done(let post): publish(post)
  /// case .waiting(let steps): for step in steps { print(step) }
  /// }
  /// ```
  ///
  /// Pauses between attempts, and members that have no time yet, are no reason to stop.
  ///
  /// - Parameters:
  ///   - workflow: The workflow.
  ///   - input: What it starts with.
  ///   - id: The identity of the run.
  /// - Returns: What it ends with, or what it waits for.
  /// - Throws: As `run(_:input:id:)` does, and `StoreError` if the runtime has no store.
  public func advance<Work: Workflow>(
    _ workflow: Work, input: Work.Input, id: String
  ) async throws -> Advance<Work.Output> {
    do {
      let output = try await run(
        workflow.compile(), input: input, id: id, stopsWhenWaiting: true)
      return .done(try Artifact<Work.Output>.value(output))
    } catch let waiting as RunIsWaiting {
      return .waiting(waiting.awaited)
    }
  }
}
