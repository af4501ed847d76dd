import TroupePlan
import TroupeRuntime

/// Plays a role in a simulation: answers by stubs where there are any, else asks the real agent.
struct StubAgent: Agent {
  let desk: StubDesk
  let member: String
  let real: (any Agent)?

  func perform(_ assignment: Assignment) async throws -> Delivery {
    guard let context = StageContext.current else { throw LostStage() }
    let asked = Asked(
      address: assignment.address, path: context.address.path, role: assignment.role.id,
      member: member, prompt: assignment.prompt, feedback: assignment.feedback,
      take: assignment.take, attempt: assignment.attempt, turn: assignment.turn,
      elapsed: desk.clock.now)
    return try await desk.answer(node: context.address.node, asked) { [real, desk] in
      guard let real else { throw LostStage() }
      return try await VirtualClock.$current.withValue(desk.clock) {
        try await real.perform(assignment)
      }
    }
  }
}
