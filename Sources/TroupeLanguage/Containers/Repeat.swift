public import TroupePlan

/// Steps that are done again and again until a condition over an artifact holds.
///
/// ```swift
/// Repeat("polish", draft, upTo: 4, until: { $0.score > 0.9 }) {
///   Stage("critique", by: .critic, reads: draft, writes: notes) { … }
///   Stage("revise", by: .writer, reads: draft, notes, writes: draft) { … }
/// }
/// ```
///
/// The body runs at least once, and each round is given what the round before it wrote.
public struct Repeat: Step {
  /// What the loop declares.
  public var declaration: Declaration

  /// Declares a loop.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours.
  ///   - artifact: What the condition is asked about; the body or what is before it writes it.
  ///   - limit: The rounds allowed, at least 1.
  ///   - until: Whether it is done, asked after each round; it must be free of effects.
  ///   - otherwise: What happens when the last round does not satisfy the condition.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps of a round, in order.
  public init<Value>(
    _ name: String, _ artifact: Artifact<Value>, upTo limit: Int,
    until: @escaping @Sendable (Value) async throws -> Bool, otherwise: Exhaustion = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: () -> Steps
  ) {
    declaration = Declaration(
      .repeat(Node.Repetition(limit: limit, exhausted: otherwise)), name: name,
      reads: artifact.mentions,
      work: .repeat(until: { value in try await until(Artifact<Value>.value(value)) }),
      children: body().declaration.children,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    declaration.refuseGathered(artifact.mention)
  }
}
