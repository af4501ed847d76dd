package import TroupePlan

/// One branch of a `Choose`.
public struct When<Value: Codable & Sendable>: Sendable {
  package let condition: (@Sendable (Value) async throws -> Bool)?
  package let branch: Declaration?
  package let unmatched: Node.Choice.Unmatched?
  package let location: SourceLocation

  /// Declares a branch.
  ///
  /// - Parameters:
  ///   - name: The name, unique in the choice.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - condition: Whether the branch is taken; it must be free of effects.
  ///   - then: The branch's steps, in order.
  public init(
    _ name: String,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    condition: @escaping @Sendable (Value) async throws -> Bool,
    @StepBuilder then: () -> Steps
  ) {
    location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    self.condition = condition
    unmatched = nil
    branch = Declaration(
      .sequence, name: name, children: then().declaration.children, location: location)
  }

  package init(
    unmatched: Node.Choice.Unmatched, branch: Declaration?, location: SourceLocation
  ) {
    self.unmatched = unmatched
    self.branch = branch
    self.location = location
    condition = nil
  }
}

/// The branch of a `Choose` that is taken when no condition holds.
///
/// - Parameters:
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
///   - then: The branch's steps, in order.
public func Otherwise<Value>(
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column, @StepBuilder then: () -> Steps
) -> When<Value> {
  let location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
  return When(
    unmatched: .branch,
    branch: Declaration(
      .sequence, name: "otherwise", children: then().declaration.children, location: location),
    location: location)
}

/// Lets a `Choose` in which no condition holds write nothing and go on.
///
/// - Parameters:
///   - action: What to do: skip the choice.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Otherwise<Value>(
  _ action: OtherwiseAction, fileID: String = #fileID, filePath: String = #filePath,
  line: Int = #line, column: Int = #column
) -> When<Value> {
  When(
    unmatched: .skip, branch: nil,
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// What a `Choose` does when no condition holds and there are no steps for it.
public enum OtherwiseAction: Sendable, Hashable {
  /// Writes nothing and goes on.
  case skip
}
