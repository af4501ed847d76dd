import TroupePlan

extension Step {
  /// Says whose assignments are served first where several queue for the same members.
  ///
  /// The higher number goes first; without one it is 0. Within a priority, who came first goes
  /// first. It holds for all stages of roles in the step, also in its fallback and for the reviews
  /// of its gates, except those inside a step with a priority of its own. It takes nobody's member
  /// away, and as long as more important work comes, less important work waits.
  ///
  /// ```swift
  /// Stage("answer", by: .support, reads: complaint, writes: answer) { … }.priority(10)
  /// ```
  ///
  /// - Parameters:
  ///   - priority: Any whole number.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func priority(
    _ priority: Int,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        \.priority, "priority", to: priority,
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }
}
