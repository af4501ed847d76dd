public import TroupeRuntime

/// An agent that is a piece of Swift, for tests and for work that code does for a role.
///
/// ```swift
/// Member("scribe", plays: .writer) { ClosureAgent { .text("About \($0.prompt)") } }
/// ```
public struct ClosureAgent: Agent {
  private let closure: @Sendable (Assignment) async throws -> Delivery

  /// Creates an agent.
  ///
  /// - Parameter closure: Performs an assignment.
  public init(_ closure: @escaping @Sendable (Assignment) async throws -> Delivery) {
    self.closure = closure
  }

  /// Calls the closure.
  public func perform(_ assignment: Assignment) async throws -> Delivery {
    try await closure(assignment)
  }
}
