public import TroupePlan

/// One unit of work that reads artifacts and writes one.
///
/// A stage is either code, or work for a role:
///
/// ```swift
/// Stage("merge", reads: left, right, writes: both) { left, right in Report(left, right) }
/// Stage("draft", by: .writer, reads: brief, writes: draft) { brief in "Write about \(brief)." }
/// ```
///
/// The closure of a role's stage returns the prompt; an agent that plays the role delivers the
/// output. Closures of prompts must be free of effects. Code that has only an effect and writes
/// nothing is an `Effect`.
public struct Stage<Output: Codable & Sendable>: Step {
  /// What the stage declares.
  public var declaration: Declaration

  /// Declares work done by code.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours.
  ///   - reads: The artifacts whose values the closure is given, in this order.
  ///   - writes: The artifact that becomes what the closure returns.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - perform: The work.
  public init<each Input>(
    _ name: String, reads: repeat Artifact<each Input>, writes: Artifact<Output>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    perform: @escaping @Sendable (repeat each Input) async throws -> Output
  ) {
    let reading = Reading(repeat each reads)
    declaration = Declaration(
      .stage, name: name, reads: reading.mentions, writes: [writes.mention],
      work: .code(
        { [gathering = reading.gathering] values in
          var arguments = try Arguments(values, gathering)
          return try await perform(repeat arguments.next((each Input).self))
        }, output: ValueType(of: Output.self)),
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Declares work done by whoever plays a role.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours.
  ///   - role: The role that does the work.
  ///   - reads: The artifacts whose values the closure is given, in this order.
  ///   - writes: The artifact that becomes what the agent delivers.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - prompt: Says what is to be done; evaluated once a take.
  public init<each Input>(
    _ name: String, by role: Role, reads: repeat Artifact<each Input>, writes: Artifact<Output>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    prompt: @escaping @Sendable (repeat each Input) async throws -> String
  ) {
    let reading = Reading(repeat each reads)
    declaration = Declaration(
      .stage, name: name, role: role, reads: reading.mentions, writes: [writes.mention],
      work: .assignment(
        prompt: { [gathering = reading.gathering] values in
          var arguments = try Arguments(values, gathering)
          return try await prompt(repeat arguments.next((each Input).self))
        }, output: ValueType(of: Output.self)),
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
