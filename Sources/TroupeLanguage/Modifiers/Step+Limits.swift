public import TroupePlan

extension Step {
  /// Repeats a stage whose attempt failed.
  ///
  /// - Parameters:
  ///   - attempts: The attempts allowed for each member and take, the first one included.
  ///   - backoff: The pause before each further attempt.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func retry(
    attempts: Int, backoff: Backoff = .none,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        \.retry, "retry", to: Retry(attempts: attempts, backoff: backoff),
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }

  /// Limits the time of one attempt of a stage, or of one take of a container.
  ///
  /// Waiting for a member, pauses between attempts and the gates of a stage do not count.
  ///
  /// - Parameters:
  ///   - limit: The time allowed.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func timeout(
    _ limit: Duration,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        \.timeout, "timeout", to: limit,
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }

  /// Limits the time of the whole step from the moment it is ready, everything included.
  ///
  /// - Parameters:
  ///   - limit: The time allowed.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func deadline(
    _ limit: Duration,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        \.deadline, "deadline", to: limit,
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }
}
