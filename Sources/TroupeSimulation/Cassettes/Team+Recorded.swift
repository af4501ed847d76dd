public import TroupeRuntime

extension Team {
  /// The same team, whose answers are recorded in a cassette and replayed from it.
  ///
  /// ```swift
  /// let simulation = Simulation(of: LaunchPost(), team: newsroom.recorded(in: cassette))
  /// let runtime = Runtime(team: newsroom.recorded(in: cassette))
  /// ```
  ///
  /// Members keep all but their agents; people are asked as ever. An attempt for which the cassette
  /// has no answer fails with a `CassetteMiss`.
  public func recorded(in cassette: Cassette) -> Team {
    replacingAgents { member, agent in
      member.isPerson ? agent : RecordedAgent(agent: agent, cassette: cassette)
    }
  }
}

/// An agent that is asked only if its cassette has no answer, or is to get a new one.
private struct RecordedAgent: Agent {
  let agent: any Agent
  let cassette: Cassette

  func perform(_ assignment: Assignment) async throws -> Delivery {
    try await cassette.delivery(for: assignment, from: agent)
  }
}
