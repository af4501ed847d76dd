public import TroupePlan

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
  public private(set) var members: [Member]
  /// How members are chosen for roles without a strategy of their own.
  public private(set) var strategy = Strategy.leastLoaded
  /// The strategies of single roles.
  public private(set) var strategies: [Role.ID: Strategy] = [:]

  /// A team of nobody, for workflows without roles.
  public init() {
    members = []
  }

  /// Creates a team.
  public init(@TeamBuilder members: () -> [Member]) {
    self.members = members()
  }

  /// The team, which chooses members by a strategy; without one, the least loaded.
  ///
  /// ```swift
  /// Team { … }.choosing(.cheapest).choosing(.affinity, for: .writer)
  /// ```
  ///
  /// - Parameters:
  ///   - strategy: The strategy.
  ///   - roles: The roles for which it holds; if none is given, all that have none of their own.
  public func choosing(_ strategy: Strategy, for roles: Role...) -> Team {
    choosing(strategy, for: roles.map(\.id))
  }

  /// The team, which chooses members for these roles, or in general, by a strategy.
  package func choosing(_ strategy: Strategy, for roles: [Role.ID]) -> Team {
    var team = self
    if roles.isEmpty { team.strategy = strategy }
    for role in roles { team.strategies[role] = strategy }
    return team
  }

  /// The strategy by which members are chosen for a role.
  package func strategy(for role: Role.ID) -> Strategy { strategies[role] ?? strategy }

  /// The same team with other agents in the place of those of its members and of their units.
  package func replacingAgents(
    _ agent: @escaping @Sendable (_ member: Member, _ real: any Agent) -> any Agent
  ) -> Team {
    replacing(members.map { member in member.replacingAgents { agent(member, $0) } })
  }

  /// A team that chooses like this one among other members.
  package func replacing(_ members: [Member]) -> Team {
    var team = self
    team.members = members
    return team
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
