public import TroupePlan

/// An agent in a team: the roles that it plays, and how much it can do at once.
public struct Member: Sendable {
  /// The name, unique in the team.
  public let name: String
  /// The roles that it plays.
  public let roles: [Role]
  /// The number of assignments that it works on at once.
  public let capacity: Int
  /// Who does the work.
  public let agent: any Agent

  /// Creates a member.
  ///
  /// - Parameters:
  ///   - name: The name, unique in the team.
  ///   - roles: The roles that it plays.
  ///   - capacity: The number of assignments that it works on at once, at least 1.
  ///   - agent: Who does the work.
  public init(
    _ name: String, plays roles: Role..., capacity: Int = 1, agent: () -> any Agent
  ) {
    self.name = name
    self.roles = roles
    self.capacity = capacity
    self.agent = agent()
  }

  /// Creates a member from a list of roles.
  package init(_ name: String, roles: [Role], capacity: Int, agent: () -> any Agent) {
    self.name = name
    self.roles = roles
    self.capacity = capacity
    self.agent = agent()
  }

  /// Whether the member plays a role.
  public func plays(_ role: Role.ID) -> Bool {
    roles.contains { $0.id == role }
  }
}
