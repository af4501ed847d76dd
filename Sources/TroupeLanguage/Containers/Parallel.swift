import TroupePlan

/// Steps that run at once; it is done when all of them are.
///
/// Each child is given what the container was given: children do not see each other's writes, and
/// no two may write the same artifact. When one fails, the others are cancelled.
public struct Parallel: Step {
  /// What the container declares.
  public var declaration: Declaration

  /// Declares steps that run at once.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps that run at once.
  public init(
    _ name: String? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: () -> Steps
  ) {
    declaration = Declaration(
      .parallel, name: name, children: body().declaration.children,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
