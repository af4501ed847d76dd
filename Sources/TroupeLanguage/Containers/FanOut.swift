import TroupePlan

/// The same steps for each element of a list, at once.
///
/// ```swift
/// FanOut("summarise", over: pages, into: summaries, atMost: 8) { page, summary in
///   Stage("summarise", by: .writer, reads: page, writes: summary) { "Summarise: \($0.text)" }
/// }
/// ```
///
/// Each element has a scope of its own: what its body writes stays there, and only the result
/// leaves it. Results stand in element order, whatever the order of arrival; an empty list gives
/// an empty list. Where elements may fail or be cancelled, what is collected are
/// `FanOut.Element` values, so that nobody mistakes position for identity.
public struct FanOut: Step {
  /// What the fan-out declares.
  public var declaration: Declaration

  /// Declares steps for each element; the first element that fails, fails the fan-out.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - list: The list whose elements are worked on.
  ///   - results: The list of what the elements' bodies wrote, in element order.
  ///   - width: The most elements at work at once; by default the runtime's bound.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps for one element; its handles are the element, which it reads, and the
  ///     result, which it must write.
  public init<Item, Result>(
    _ name: String? = nil, over list: Artifact<[Item]>, into results: Artifact<[Result]>,
    atMost width: Int? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: (Artifact<Item>, Artifact<Result>) -> Steps
  ) {
    declaration = Self.declaration(
      name, over: list, into: results, width: width, tolerating: 0, collectsOutcomes: false,
      until: nil,
      join: Self.joinValues, body: body,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Declares steps for each element, of which some may fail, and which may end early.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - list: The list whose elements are worked on.
  ///   - results: The list of what the elements' bodies wrote, in element order.
  ///   - width: The most elements at work at once; by default the runtime's bound.
  ///   - tolerated: The number of elements that may fail.
  ///   - until: Whether the results so far, in element order, are enough; the rest is then
  ///     cancelled. It must be free of effects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps for one element; its handles are the element, which it reads, and the
  ///     result, which it must write.
  public init<Item, Result>(
    _ name: String? = nil, over list: Artifact<[Item]>, into results: Artifact<[Element<Result>]>,
    atMost width: Int? = nil,
    tolerating tolerated: Int,
    until: (@Sendable ([Result]) async throws -> Bool)? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: (Artifact<Item>, Artifact<Result>) -> Steps
  ) {
    declaration = Self.declaration(
      name, over: list, into: results, width: width, tolerating: tolerated, collectsOutcomes: true,
      until: until,
      join: Self.joinOutcomes, body: body,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }

  /// Declares steps for each element that end early once the results so far are enough.
  ///
  /// - Parameters:
  ///   - name: The name; needed where it has a neighbour of the same kind.
  ///   - list: The list whose elements are worked on.
  ///   - results: The list of what the elements' bodies wrote, in element order.
  ///   - width: The most elements at work at once; by default the runtime's bound.
  ///   - until: Whether the results so far, in element order, are enough; the rest is then
  ///     cancelled. It must be free of effects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - body: The steps for one element; its handles are the element, which it reads, and the
  ///     result, which it must write.
  public init<Item, Result>(
    _ name: String? = nil, over list: Artifact<[Item]>, into results: Artifact<[Element<Result>]>,
    atMost width: Int? = nil,
    until: @escaping @Sendable ([Result]) async throws -> Bool,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    @StepBuilder body: (Artifact<Item>, Artifact<Result>) -> Steps
  ) {
    declaration = Self.declaration(
      name, over: list, into: results, width: width, tolerating: 0, collectsOutcomes: true,
      until: until,
      join: Self.joinOutcomes, body: body,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
  }
}
