import TroupePlan

/// Steps that compete: the first to succeed wins, and the others are cancelled.
///
/// Only the winner's writes are published. The race fails when all contestants have failed.
public struct Race: Step {
  /// What the race declares.
  public var declaration: Declaration

  /// Declares steps that compete.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The contestants; several steps of one contestant go into a `Phase`.
  public init(
    _ name: String? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: () -> Steps
  ) {
    declaration = Declaration(
      .race, name: name, children: body().declaration.children,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
