public import TroupePlan

/// An agent in a team: the roles that it plays, and how much it can do at once.
///
/// ```swift
/// Member("painter", plays: .painter, capacity: 4, cost: 2) { CommandAgent("paint") }
///   .needs(gpu)
///   .rate(10, per: .minutes(1))
///   .breaker(after: 5, pause: .minutes(1))
/// ```
public struct Member: Sendable {
  /// The name, unique in the team.
  public let name: String
  /// The roles that it plays.
  public let roles: [Role]
  /// What it can do; `nil` if it does not say, and is believed that it can do what its roles need.
  public let skills: [String]?
  /// The number of assignments that it works on at once; of a pool, the most units that it has.
  public let capacity: Int
  /// What an assignment costs, in a unit of the team's choice.
  public let cost: Double
  /// What its tokens cost beside that; `nil` for nothing.
  public private(set) var price: TokenPrice?
  /// What it holds for each assignment that it works on.
  public private(set) var resources: [Resource] = []
  /// How many assignments it begins at most in a span; `nil` for any number.
  public private(set) var rate: Rate?
  /// When it gets no assignments for a while because it keeps failing; `nil` for never.
  public private(set) var breaker: Breaker?
  /// Who does the work; of a pool, whose units do it, one that refuses all work.
  public private(set) var agent: any Agent
  /// How its units come and go; `nil` if it has none.
  package internal(set) var pool: Pool?

  /// Creates a member.
  ///
  /// - Parameters:
  ///   - name: The name, unique in the team.
  ///   - roles: The roles that it plays.
  ///   - skills: What it can do, which must hold all that its roles need; by default it does not
  ///     say, and is believed.
  ///   - capacity: The number of assignments that it works on at once, at least 1.
  ///   - cost: What an assignment costs, in a unit of the team's choice: a price, or a tier.
  ///   - agent: Who does the work.
  public init(
    _ name: String, plays roles: Role..., skills: [String]? = nil, capacity: Int = 1,
    cost: Double = 0, agent: () -> any Agent
  ) {
    self.init(
      name, roles: roles, skills: skills, capacity: capacity, cost: cost, agent: agent)
  }

  /// Creates a member from a list of roles.
  package init(
    _ name: String, roles: [Role], skills: [String]? = nil, capacity: Int, cost: Double = 0,
    agent: () -> any Agent
  ) {
    self.name = name
    self.roles = roles
    self.skills = skills
    self.capacity = capacity
    self.cost = cost
    self.agent = agent()
  }

  /// Whether the member plays a role.
  public func plays(_ role: Role.ID) -> Bool {
    roles.contains { $0.id == role }
  }

  /// The member, which holds one of each of these resources for each assignment that it works on.
  public func needs(_ resources: Resource...) -> Member {
    var member = self
    member.resources += resources
    return member
  }

  /// The member, which begins at most so many assignments in any span of a length.
  ///
  /// ```swift
  /// Member("search", plays: .researcher, capacity: 8) { … }.rate(10, per: .minutes(1))
  /// ```
  ///
  /// - Parameters:
  ///   - assignments: The most starts in any such span, at least 1.
  ///   - span: The length of the span.
  public func rate(_ assignments: Int, per span: Duration) -> Member {
    var member = self
    member.rate = Rate(assignments, per: span)
    return member
  }

  /// The member, which gets no assignments for a while when it keeps failing.
  ///
  /// - Parameters:
  ///   - failures: The failures in a row after which it gets none, at least 1.
  ///   - pause: How long it gets none; then it is tried with one.
  public func breaker(after failures: Int, pause: Duration) -> Member {
    var member = self
    member.breaker = Breaker(after: failures, pause: pause)
    return member
  }

  /// The member, whose tokens cost so much beside what each assignment costs.
  ///
  /// ```swift
  /// Member("scribe", plays: .writer) { … }.price(input: 3, output: 15)
  /// ```
  ///
  /// - Parameters:
  ///   - input: What a million tokens cost that are read.
  ///   - output: What a million tokens cost that are written.
  public func price(input: Double, output: Double) -> Member {
    var member = self
    member.price = TokenPrice(input: input, output: output)
    return member
  }

  /// The same member with another agent, and no units any more.
  package func replacing(_ agent: any Agent) -> Member {
    var member = self
    (member.agent, member.pool) = (agent, nil)
    return member
  }

  /// The same member with another agent in the place of its own, or of each of its units.
  func replacingAgents(
    _ agent: @escaping @Sendable (_ real: any Agent) -> any Agent
  ) -> Member {
    guard let pool else { return replacing(agent(self.agent)) }
    var member = self
    member.pool = pool.replacingAgents(agent)
    return member
  }

  /// The same member as a person is treated: without a rate, a breaker and resources.
  package var withoutLimits: Member {
    var member = self
    (member.rate, member.breaker, member.resources) = (nil, nil, [])
    return member
  }
}
