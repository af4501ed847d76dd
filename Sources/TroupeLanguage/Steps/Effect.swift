import TroupePlan

/// Code that has only an effect: it reads artifacts and writes none.
///
/// ```swift
/// Effect("publish", reads: post) { post in try await site.publish(post) }
/// ```
public struct Effect: Step {
  /// What the effect declares.
  public var declaration: Declaration

  /// Declares an effect.
  ///
  /// - Parameters:
  ///   - name: The name, unique among its neighbours.
  ///   - reads: The artifacts whose values the closure is given, in this order.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - perform: The work.
  public init<each Input>(
    _ name: String, reads: repeat Artifact<each Input>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    perform: @escaping @Sendable (repeat each Input) async throws -> Void
  ) {
    var mentions: [Mention] = []
    for artifact in repeat each reads { mentions += artifact.mentions }
    declaration = Declaration(
      .stage, name: name, reads: mentions,
      work: .effect { values in
        var rest = values[...]
        try await perform(repeat (each reads).take(from: &rest))
      },
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
