import TroupePlan

/// A gate as it is declared with a reviewer.
struct ReviewedGate: Sendable {
  typealias Prompt = @Sendable (Body.Values) async throws -> String

  let name: String
  let reviewer: Role
  let passing: Double?
  let within: Duration?
  let otherwise: Rejection
  let location: SourceLocation

  /// The gate with the stage that reviews for it.
  ///
  /// - Parameters:
  ///   - mentions: What is reviewed.
  ///   - types: The same with their types, one for each parameter of a prompt of the workflow's own.
  ///   - prompt: The workflow's own prompt, if it has one.
  func declared(
    judging mentions: [Mention], _ types: [(name: String, type: ValueType)], _ prompt: Prompt?
  ) -> Modifiers.DeclaredGate {
    var review = Declaration(
      .stage, name: name, role: reviewer, reads: mentions,
      writes: [Mention(name: "@review", type: Review.self)],
      work: .assignment(
        prompt: prompt ?? { [name, passing] values in
          try ReviewPrompt.text(gate: name, passing: passing, types, values)
        }, output: ValueType(of: Review.self)),
      location: location)
    if let within {
      review.modify { $0.set(\.deadline, "deadline", to: within, at: location) }
    }
    return Modifiers.DeclaredGate(
      name: name, judges: mentions, review: [review], passing: passing, otherwise: otherwise,
      location: location,
      judge: { [passing] values in
        guard let review = values.last as? Review else {
          throw TypeMismatch(expected: "Review", found: values.last ?? "nothing")
        }
        return review.verdict(passing: passing)
      })
  }
}
