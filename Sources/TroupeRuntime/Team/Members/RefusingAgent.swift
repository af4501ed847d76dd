/// Stands where no agent can do the work, and says why.
struct RefusingAgent: Agent {
  let reason: String

  func perform(_ assignment: Assignment) async throws -> Delivery { throw NotStarted(reason) }
}
