public import TroupePlan

extension Stage {
  /// Says how the stage's work is undone when it is given up after it was finished.
  ///
  /// ```swift
  /// Stage("charge", reads: order, writes: receipt) { order in try await bank.charge(order) }
  ///   .compensate(retry: Retry(attempts: 5)) { receipt in try await bank.refund(receipt) }
  /// ```
  ///
  /// That is when a run fails, is aborted or cancelled, and before that when a take is done again,
  /// a race was lost, an element of a fan-out did not count, or a fallback takes over. What was
  /// finished last is undone first. `StageContext.current` gives the address, the attempt and the
  /// idempotency key of the compensation itself; it may be started more than once under that key.
  /// Cancelling the run does not cancel it.
  ///
  /// - Parameters:
  ///   - reads: Artifacts that the stage reads: the closure is given the versions that the stage
  ///     saw.
  ///   - retry: How often a failed attempt is repeated; not at all by default.
  ///   - timeout: The time for one attempt; no limit by default. Work that ignores its cancellation
  ///     is waited for all the same.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - undo: Undoes what gave the output. Once it has failed for good, that is listed for people.
  public func compensate<each Input>(
    reads: repeat Artifact<each Input>, retry: Retry? = nil, timeout: Duration? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    undo: @escaping @Sendable (_ output: Output, repeat each Input) async throws -> Void
  ) -> Self {
    var step = self
    let reading = Reading(repeat each reads)
    step.declaration.addCompensation(
      \.compensation, "compensate", reads: reading.mentions, retry, timeout,
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { [gathering = reading.gathering] values in
      let output = try Undoing.output(of: values, as: Output.self)
      var arguments = try Arguments(Array(values.dropFirst()), gathering)
      try await undo(output, repeat arguments.next((each Input).self))
    }
    return step
  }

  /// Says how the stage's work is undone when it is given up after it was begun and before it was
  /// finished.
  ///
  /// Without it such work is listed as in doubt, unless it failed by itself.
  ///
  /// - Parameters:
  ///   - retry: How often a failed attempt is repeated; not at all by default.
  ///   - timeout: The time for one attempt; no limit by default.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - undo: Is given the idempotency key under which the work was begun, and its output if that
  ///     came too late to be used.
  public func compensate(
    retry: Retry? = nil, timeout: Duration? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    ifUnfinished undo: @escaping @Sendable (_ key: String, _ output: Output?) async throws -> Void
  ) -> Self {
    var step = self
    step.declaration.addCompensation(
      \.unfinishedCompensation, "compensate(ifUnfinished:)", reads: [], retry, timeout,
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { values in
      let output = values.count > 1 ? values[1] as? Output : nil
      try await undo(try Undoing.output(of: values, as: String.self), output)
    }
    return step
  }
}
