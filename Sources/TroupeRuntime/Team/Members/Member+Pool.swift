public import TroupePlan

/// Members with units that come and go.
extension Member {
  /// Creates a member that is a pool: its units do one assignment at a time, and have something of
  /// their own, like a working tree, a container or a session.
  ///
  /// ```swift
  /// Member("coder", plays: .coder, pool: 1...8, idle: .minutes(10)) { unit in
  ///   CommandAgent("codex", directory: "work/\(unit)")
  /// }
  /// ```
  ///
  /// The first units, up to the lower bound, are made when the runtime is, and stay. An assignment
  /// gets the unit with the lowest number of those that are free; if none is, and there are fewer
  /// than the upper bound, another one is made. A unit that has failed comes after all others, also
  /// those that would have to be made, until it does something well or a minute has passed. A unit
  /// above the lower bound that has had no work for `idle` is let go of: what its agent holds is to
  /// end with the agent's `deinit`. The runtime looks for such units when an assignment of the member
  /// begins or ends, and has no timer for it.
  /// When a unit is needed again, it is made anew with the same number. Both making a unit and its end
  /// are to be quick, because a thread waits for them: what takes long belongs into `perform`. Work
  /// that was given up and goes on nevertheless keeps its unit until it returns.
  ///
  /// In all else the pool is one member: for its rate, breaker, resources and cost, for the team's
  /// strategy, and for who has made what is reviewed.
  ///
  /// - Parameters:
  ///   - name: The name, unique in the team.
  ///   - roles: The roles that it plays.
  ///   - skills: What it can do, which must hold all that its roles need; by default it does not
  ///     say, and is believed.
  ///   - pool: The number of units that stay, at least 0, and the most that there are at once, at
  ///     least 1 and at most 10,000, which is the member's capacity.
  ///   - idle: How long a unit above the lower bound may be without work, by the clock of the
  ///     runtime; five minutes by default, and not at all with `.zero`.
  ///   - cost: What an assignment costs, in a unit of the team's choice: a price, or a tier.
  ///   - agent: Makes the agent of a unit, which cannot be a person, from the unit's number,
  ///     counted from 1. Several tasks call it at once, but for one unit only after its last agent
  ///     has been let go of.
  public init(
    _ name: String, plays roles: Role..., skills: [String]? = nil, pool: ClosedRange<Int>,
    idle: Duration = .seconds(300), cost: Double = 0,
    agent: @escaping @Sendable (_ unit: Int) -> any Agent
  ) {
    self.init(
      name, roles: roles, skills: skills, pool: pool, idle: idle, cost: cost, agent: agent)
  }

  /// Creates a pool from a list of roles.
  package init(
    _ name: String, roles: [Role], skills: [String]? = nil, pool: ClosedRange<Int>,
    idle: Duration, cost: Double = 0,
    agent: @escaping @Sendable (_ unit: Int) -> any Agent
  ) {
    self.init(name, roles: roles, skills: skills, capacity: pool.upperBound, cost: cost) {
      RefusingAgent(reason: "member '\(name)' has a pool, whose units do its work")
    }
    self.pool = Pool(pool, idle: idle, of: name, make: agent)
  }
}
