import TroupeLanguage
public import TroupePlan
public import TroupeRuntime

/// Stubs for the stage at a path, for all stages of a role, and for all stages of roles.
extension Stub {
  /// Answers with what a closure gives, every time.
  ///
  /// - Parameters:
  ///   - path: The stage's path, with or without the workflow's name in front, or its name where no
  ///     other stage has it.
  ///   - type: The type that the stage writes.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - answer: The answer, or the error that there is instead of one.
  public init<Value: Codable & Sendable>(
    _ path: String, as type: Value.Type,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    answer: @escaping @Sendable () async throws -> Value
  ) {
    self.init(
      .path(path, ValueType(of: type)), .closure { _ in .value(try await answer()) },
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Answers with what a closure makes of what is asked.
  ///
  /// - Parameters:
  ///   - path: The stage's path, with or without the workflow's name in front, or its name where no
  ///     other stage has it.
  ///   - type: The type that the stage writes.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - answer: The answer, or the error that there is instead of one.
  public init<Value: Codable & Sendable>(
    _ path: String, as type: Value.Type,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    answer: @escaping @Sendable (Asked) async throws -> Value
  ) {
    self.init(
      .path(path, ValueType(of: type)), .closure { .value(try await answer($0)) },
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Answers with one value after the other; asked once more than there are values, it fails.
  ///
  /// - Parameters:
  ///   - path: The stage's path, with or without the workflow's name in front, or its name where no
  ///     other stage has it.
  ///   - values: The answers in order.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init<Value: Codable & Sendable>(
    _ path: String, returning values: [Value],
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    self.init(
      .path(path, ValueType(of: Value.self)), .sequence(values.map { .value($0) }),
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Does something else in the place of an effect.
  ///
  /// - Parameters:
  ///   - path: The effect's path, with or without the workflow's name in front, or its name where
  ///     no other effect has it.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - perform: What is done instead; nothing by default.
  public init(
    effect path: String,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    perform: @escaping @Sendable (Asked) async throws -> Void = { _ in }
  ) {
    self.init(
      .effect(path),
      .closure { asked in
        try await perform(asked)
        return .value(true)
      },
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Answers for all stages of a role that have no stub of their own, as an agent would.
  ///
  /// - Parameters:
  ///   - role: The role.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - answer: What is delivered: text, JSON or a value of the stage's type.
  public init(
    _ role: Role,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    answer: @escaping @Sendable (Asked) async throws -> Delivery
  ) {
    self.init(
      .role(role.id), .closure(answer),
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Answers for all stages of roles that have no other stub with an example of their type, and
  /// keeps effects that have none from happening.
  ///
  /// - Parameters:
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public static func examples(
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Stub {
    Stub(
      .everything, .example,
      at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
