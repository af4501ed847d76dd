import TroupePlan

extension Step {
  /// Says what is done instead when the step has finally failed.
  ///
  /// The fallback runs once, is given what the step was given, and what both write counts as
  /// written. Its output passes the same gates, without rework.
  ///
  /// - Parameters:
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps of the fallback, in order.
  public func fallback(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: () -> Steps
  ) -> Self {
    var step = self
    let children = body().declaration.children
    step.declaration.modify {
      let location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
      $0.set(
        \.fallback, "fallback",
        to: [Declaration(.sequence, name: "@fallback", children: children, location: location)],
        at: location)
    }
    return step
  }
}
