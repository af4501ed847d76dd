/// How many units a member has, and how one is made.
package final class Pool: Sendable {
  /// The most units that any pool has: each is an agent that is held.
  package static let limit = 10_000

  /// The number of units that stay, and the most that there are at once.
  package let bounds: ClosedRange<Int>
  /// How long a unit above the lower bound may be without work before it is let go of.
  package let idle: Duration
  private let member: String
  private let make: @Sendable (_ unit: Int) -> any Agent

  init(
    _ bounds: ClosedRange<Int>, idle: Duration, of member: String,
    make: @escaping @Sendable (_ unit: Int) -> any Agent
  ) {
    (self.bounds, self.idle, self.member, self.make) = (bounds, idle, member, make)
  }

  /// The number of units that stay; 0 also where the bounds make no sense.
  var staying: Int { min(max(bounds.lowerBound, 0), Self.limit) }

  /// Makes the agent of a unit.
  func agent(of unit: Int) -> any Agent {
    let agent = make(unit)
    // Only what is made shows who it is, and what people are asked has no unit.
    guard agent is any PersonalAgent else { return agent }
    return RefusingAgent(
      reason: "member '\(member)' has a pool whose unit \(unit) is a person; "
        + "let the person be a member without a pool")
  }

  /// The same pool of other agents. The real agent of a unit is made when it is first asked, so
  /// that a simulation that has stubs for everything makes none.
  func replacingAgents(
    _ agent: @escaping @Sendable (_ real: any Agent) -> any Agent
  ) -> Pool {
    Pool(bounds, idle: idle, of: member) { unit in
      agent(LateAgent { self.agent(of: unit) })
    }
  }
}
