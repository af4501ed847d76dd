/// The members bound to a run.
///
/// The team is no part of a workflow: the same workflow runs with a test team and a real one.
///
/// ```swift
/// let team = Team {
///   Member("searcher", plays: .researcher, capacity: 4) { CommandAgent("search-agent") }
///   Member("scribe", plays: .writer, .editor) { CommandAgent("claude", "-p") }
/// }
/// ```
public struct Team: Sendable {
  /// The members, in the order in which they are asked.
  public let members: [Member]

  /// A team of nobody, for workflows without roles.
  public init() {
    members = []
  }

  /// Creates a team.
  public init(@TeamBuilder members: () -> [Member]) {
    self.members = members()
  }
}

/// Builds the members of a team.
@resultBuilder
public enum TeamBuilder {
  /// A member.
  public static func buildExpression(_ member: Member) -> [Member] { [member] }

  /// Members in order.
  public static func buildBlock(_ parts: [Member]...) -> [Member] { Array(parts.joined()) }

  /// The members of an `if` without `else`.
  public static func buildOptional(_ members: [Member]?) -> [Member] { members ?? [] }

  /// The members of the first branch of an `if` or `switch`.
  public static func buildEither(first members: [Member]) -> [Member] { members }

  /// The members of another branch of an `if` or `switch`.
  public static func buildEither(second members: [Member]) -> [Member] { members }

  /// The members of a `for`.
  public static func buildArray(_ members: [[Member]]) -> [Member] { Array(members.joined()) }
}
