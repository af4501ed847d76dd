/// Something that performs assignments: a closure, a command, a chat model, a person.
///
/// The runtime does not trust agents: it limits their time and the number of their attempts, checks
/// that what they deliver has the type of the stage's output, and does not wait for one that it has
/// given up.
public protocol Agent: Sendable {
  /// Performs an assignment.
  ///
  /// The task is cancelled when the runtime gives the assignment up; an agent that goes on
  /// nevertheless keeps its member's capacity until it returns.
  ///
  /// - Throws: Whatever kept the agent from delivering; the stage's retry policy decides what
  ///   happens then.
  func perform(_ assignment: Assignment) async throws -> Delivery
}
