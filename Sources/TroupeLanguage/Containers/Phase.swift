import TroupePlan

/// A named group of steps, one after the other.
///
/// A phase publishes what its steps wrote when all of them, and its own gates, are done.
public struct Phase: Step {
  /// What the phase declares.
  public var declaration: Declaration

  /// Declares a group of steps.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps, in order.
  public init(
    _ name: String,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: () -> Steps
  ) {
    declaration = Declaration(
      .sequence, name: name, children: body().declaration.children,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
