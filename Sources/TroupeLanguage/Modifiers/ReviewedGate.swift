import TroupePlan

/// A gate as it is declared with a reviewer.
struct ReviewedGate: Sendable {
  typealias Prompt = @Sendable (Body.Values) async throws -> String

  let name: String
  let reviewer: Role
  let quorum: Quorum?
  let isIndependent: Bool
  let passing: Double?
  let within: Duration?
  let otherwise: Rejection
  let location: SourceLocation

  /// The gate with the stage that reviews for it.
  ///
  /// - Parameters:
  ///   - mentions: What is reviewed.
  ///   - types: The same with their types, one for each parameter of a prompt of the workflow's
  ///     own.
  ///   - prompt: The workflow's own prompt, if it has one.
  func declared(
    judging mentions: [Mention], _ types: [(name: String, type: ValueType)], _ prompt: Prompt?
  ) -> Modifiers.DeclaredGate {
    let stage = Declaration(
      .stage, name: quorum == nil ? name : Path.reviewer, role: reviewer, reads: mentions,
      writes: [Mention(name: "@review", type: Review.self)],
      work: .assignment(
        prompt: prompt ?? { [name, passing] values in
          try ReviewPrompt.text(gate: name, passing: passing, types, values)
        }, output: ValueType(of: Review.self)),
      location: location)
    var review = quorum.map { panel(stage, $0, judging: mentions) } ?? stage
    if let within {
      review.modify { $0.set(\.deadline, "deadline", to: within, at: location) }
    }
    return Modifiers.DeclaredGate(
      name: name, judges: mentions, review: [review], quorum: quorum,
      isIndependent: isIndependent, passing: passing,
      otherwise: otherwise, location: location,
      judge: { [quorum, passing] values in
        if let quorum, let reviews = values.last as? [FanOut.Element<Review>] {
          return quorum.verdict(reviews.map { $0.vote(passing: passing) })
        }
        guard let review = values.last as? Review else {
          throw TypeMismatch(expected: "Review", found: values.last ?? "nothing")
        }
        return review.verdict(passing: passing)
      })
  }

  /// The stage of one reviewer for each of several, as a fan-out over their seats.
  private func panel(
    _ stage: Declaration, _ quorum: Quorum, judging mentions: [Mention]
  ) -> Declaration {
    let (needed, count) = (quorum.needed, quorum.reviewers)
    let until: @Sendable ([any Sendable]) async throws -> Bool = { [passing] values in
      quorum.isDecided(by: values.compactMap { ($0 as? Review)?.verdict(passing: passing) })
    }
    return Declaration(
      .fanOut(
        Declaration.Spread(
          element: Mention(name: "@seat", type: Int.self),
          result: Mention(name: "@review", type: Review.self), width: count,
          tolerated: max(count - needed, 0), endsEarly: true, collectsOutcomes: true)),
      name: name, reads: Array(mentions.prefix(1)),
      writes: [Mention(name: "@reviews", type: [FanOut.Element<Review>].self)],
      work: .fanOut(
        Body.Spreading(
          split: { _ in Array(1...max(count, 1)) },
          join: { try FanOut.joinOutcomes($0) as [FanOut.Element<Review>] }, until: until,
          collected: ValueType(of: [FanOut.Element<Review>].self))),
      children: [stage], location: location)
  }
}

extension FanOut.Element<Review> {
  fileprivate func vote(passing: Double?) -> Quorum.Vote? {
    switch outcome {
    case .value(let review): .verdict(review.verdict(passing: passing))
    case .failed(let reason):
      .failed(String(reason.prefix { !$0.isNewline }))
    case .cancelled: nil
    }
  }
}
