import TroupePlan

/// What is being decided while a closure of a gate, a choice, a loop or a fan-out is asked in a
/// durable run; for those who look on.
package struct Consultation: Sendable {
  /// What is being decided in this task, if something is.
  @TaskLocal package static var current: Consultation?

  /// The step whose closure is asked.
  package let address: Address
  /// The take that a gate judges, the round of a loop, or the element of a fan-out; 1 for a choice.
  package let number: Int
}

extension Execution {
  /// Asks a closure that decides something; once it is recorded what it said, it is not asked
  /// again.
  func consulting<Answer>(
    about address: Address, _ number: Int = 1, _ ask: () async throws -> Answer
  ) async rethrows -> Answer {
    guard let journal else { return try await ask() }
    // A gate may look at what a stage has made for long; that it is made is to be durable meanwhile.
    journal.hasten()
    let consultation = Consultation(address: address, number: number)
    return try await Consultation.$current.withValue(consultation) { try await ask() }
  }
}
