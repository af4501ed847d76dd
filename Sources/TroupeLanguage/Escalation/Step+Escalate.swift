import TroupePlan

extension Step {
  /// Says what happens when the step, or something inside of it, cannot get further by itself.
  ///
  /// ```swift
  /// .escalate {
  ///   On(.timeout, .gateRejected) {
  ///     Ask(.managingEditor, within: .hours(4))
  ///     Abort("nobody would sign it off")
  ///   }
  ///   On(.failure) { Fallback { Stage("use the last one", writes: draft) { lastOne } } }
  /// }
  /// ```
  ///
  /// The rules hold for all that is inside of the step: what fails there goes outward, past what
  /// stands in for it or tolerates it, to the nearest step with a rule for it. The ladder is then
  /// about that step: it is what is done again, supplied or replaced.
  ///
  /// - Parameters:
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - rules: The rules; of those that meet what happened, the first holds.
  public func escalate(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column, @EscalationBuilder rules: () -> [On]
  ) -> Self {
    var step = self
    let rules = rules()
    step.declaration.modify {
      $0.set(
        \.escalation, "escalate", to: rules,
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }
}
