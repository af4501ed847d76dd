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
    let reading = Reading(repeat each reads)
    declaration = Declaration(
      .stage, name: name, reads: reading.mentions,
      work: .effect { [gathering = reading.gathering] values in
        var arguments = try Arguments(values, gathering)
        try await perform(repeat arguments.next((each Input).self))
      },
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
