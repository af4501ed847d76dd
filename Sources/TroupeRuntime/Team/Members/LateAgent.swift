/// An agent that is made when it is first asked.
final class LateAgent: Agent {
  private let make: @Sendable () -> any Agent
  private let made = Lock<(any Agent)?>(nil)

  init(_ make: @escaping @Sendable () -> any Agent) {
    self.make = make
  }

  func perform(_ assignment: Assignment) async throws -> Delivery {
    try await agent.perform(assignment)
  }

  private var agent: any Agent {
    if let known = made.withLock({ $0 }) { return known }
    // Made outside of the lock, as it is other people's code. A unit is asked one thing at a time.
    let agent = make()
    made.withLock { $0 = agent }
    return agent
  }
}
