public import TroupeLanguage
import TroupePlan
import TroupeRuntime

/// Stubs for the workflow's own stage that writes an artifact. Where several stages write it, they
/// are named by their paths.
extension Stub {
  /// Answers with what a closure gives, every time.
  ///
  /// - Parameters:
  ///   - artifact: The artifact that the stage writes.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - answer: The answer, or the error that there is instead of one.
  public init<Value: Codable & Sendable>(
    _ artifact: any KeyPath<Work, Artifact<Value>> & Sendable,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    answer: @escaping @Sendable () async throws -> Value
  ) {
    self.init(
      .artifact(name: { $0[keyPath: artifact].name }, ValueType(of: Value.self)),
      .closure { _ in .value(try await answer()) },
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Answers with what a closure makes of what is asked.
  ///
  /// - Parameters:
  ///   - artifact: The artifact that the stage writes.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - answer: The answer, or the error that there is instead of one.
  public init<Value: Codable & Sendable>(
    _ artifact: any KeyPath<Work, Artifact<Value>> & Sendable,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    answer: @escaping @Sendable (Asked) async throws -> Value
  ) {
    self.init(
      .artifact(name: { $0[keyPath: artifact].name }, ValueType(of: Value.self)),
      .closure { .value(try await answer($0)) },
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Answers with one value after the other; asked once more than there are values, it fails.
  ///
  /// - Parameters:
  ///   - artifact: The artifact that the stage writes.
  ///   - values: The answers in order.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init<Value: Codable & Sendable>(
    _ artifact: any KeyPath<Work, Artifact<Value>> & Sendable, returning values: [Value],
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    self.init(
      .artifact(name: { $0[keyPath: artifact].name }, ValueType(of: Value.self)),
      .sequence(values.map { .value($0) }),
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
