public import TroupePlan

extension Effect {
  /// Says how the effect is undone when it is given up after it was finished.
  ///
  /// ```swift
  /// Effect("publish", reads: post) { post in try await site.publish(post) }
  ///   .compensate(reads: post) { post in try await site.unpublish(post.id) }
  /// ```
  ///
  /// That is when a run fails, is aborted or cancelled, and before that when a take is done again,
  /// a race was lost, an element of a fan-out did not count, or a fallback takes over. What was
  /// finished last is undone first. `StageContext.current` gives the address, the attempt and the
  /// idempotency key of the compensation itself; it may be started more than once under that key.
  /// Cancelling the run does not cancel it.
  ///
  /// - Parameters:
  ///   - reads: Artifacts that the effect reads: the closure is given the versions that it saw.
  ///   - retry: How often a failed attempt is repeated; not at all by default.
  ///   - timeout: The time for one attempt; no limit by default. Work that ignores its cancellation
  ///     is waited for all the same.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - undo: Undoes the effect. Once it has failed for good, that is listed for people.
  public func compensate<each Input>(
    reads: repeat Artifact<each Input>, retry: Retry? = nil, timeout: Duration? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    undo: @escaping @Sendable (repeat each Input) async throws -> Void
  ) -> Self {
    var step = self
    let reading = Reading(repeat each reads)
    step.declaration.addCompensation(
      \.compensation, "compensate", reads: reading.mentions, retry, timeout,
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { [gathering = reading.gathering] values in
      var arguments = try Arguments(Array(values.dropFirst()), gathering)
      try await undo(repeat arguments.next((each Input).self))
    }
    return step
  }

  /// Says how the effect is undone when it is given up after it was begun and before it was
  /// finished.
  ///
  /// Without it such an effect is listed as in doubt, unless it failed by itself.
  ///
  /// - Parameters:
  ///   - retry: How often a failed attempt is repeated; not at all by default.
  ///   - timeout: The time for one attempt; no limit by default.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - undo: Is given the idempotency key under which the effect was begun.
  public func compensate(
    retry: Retry? = nil, timeout: Duration? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    ifUnfinished undo: @escaping @Sendable (_ key: String) async throws -> Void
  ) -> Self {
    var step = self
    step.declaration.addCompensation(
      \.unfinishedCompensation, "compensate(ifUnfinished:)", reads: [], retry, timeout,
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    ) { values in
      try await undo(try Undoing.output(of: values, as: String.self))
    }
    return step
  }
}
