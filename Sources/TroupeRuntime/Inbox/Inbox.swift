public import TroupePlan

/// What waits for people, and what they say to it.
///
/// A member of a team whose agent is a `Person` does not work by itself: what it is to do becomes a
/// request, which waits until somebody who plays the role answers it, over any number of restarts.
public enum Inbox {
  /// What a person is asked for. More kinds may come.
  public enum Purpose: Sendable, Hashable {
    /// To do the work of a stage, and to supply what it writes.
    case assignment
    /// To say whether what a step wrote may pass this gate.
    case review(gate: String)
    /// To say what becomes of a step that cannot get further by itself, at this address, with what
    /// may be decided.
    case resolution(of: String, [Resolution.Decision])
  }

  /// What a person decides.
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// What was reviewed may pass; what a step wrote is used as it is.
    case approve
    /// What was reviewed may not pass.
    case reject
    /// The step is to be done once more.
    case revise
    /// Here is what the step is to write.
    case supply
    /// The run is to end for good.
    case abort
  }

  /// What a person answers to a request.
  ///
  /// ```swift
  /// try await run.answer(request, .reject("the date is wrong"), as: "ann")
  /// ```
  public struct Answer: Sendable, Hashable {
    /// What is decided.
    public let decision: Decision
    /// Why; of a rejection it goes back to whoever does the work again.
    public let reason: String?
    /// How good what was reviewed is, from 0 to 1.
    public let score: Double?
    /// What is supplied.
    public let value: JSONValue?

    package init(
      _ decision: Decision, reason: String?, score: Double? = nil, value: JSONValue? = nil
    ) {
      self.decision = decision
      self.reason = reason
      self.score = score
      self.value = value
    }

    /// What was reviewed may pass.
    public static let approve = Answer(.approve, reason: nil)

    /// What was reviewed may pass.
    ///
    /// - Parameters:
    ///   - score: How good it is, from 0 to 1; needed where the gate asks for a score.
    ///   - reason: What is to be said about it.
    public static func approve(score: Double?, reason: String? = nil) -> Answer {
      Answer(.approve, reason: reason, score: score)
    }

    /// What was reviewed may not pass.
    ///
    /// - Parameters:
    ///   - reason: What is wrong.
    ///   - score: How good it is, from 0 to 1.
    public static func reject(_ reason: String, score: Double? = nil) -> Answer {
      Answer(.reject, reason: reason, score: score)
    }

    /// The step is to be done once more.
    ///
    /// - Parameter guidance: What those who do it are told.
    public static func revise(_ guidance: String? = nil) -> Answer {
      Answer(.revise, reason: guidance)
    }

    /// The run is to end for good.
    ///
    /// - Parameter reason: Why.
    public static func abort(_ reason: String) -> Answer {
      Answer(.abort, reason: reason)
    }

    /// Here is what the step is to write, as JSON of its type; text is a JSON string.
    ///
    /// - Parameters:
    ///   - value: What it writes.
    ///   - reason: What is to be said about it.
    public static func supply(_ value: JSONValue, reason: String? = nil) -> Answer {
      Answer(.supply, reason: reason, value: value)
    }
  }
}

extension Inbox.Purpose {
  /// The words that answer such a request.
  package var decisions: [Inbox.Decision] {
    switch self {
    case .assignment: [.supply]
    case .review: [.approve, .reject]
    case .resolution(_, let decisions):
      decisions.map { decision in
        switch decision {
        case .retry: .revise
        case .supply: .supply
        case .accept: .approve
        case .abort: .abort
        }
      }
    }
  }

  /// `a review`, `an assignment`, `a decision`.
  package var noun: String {
    switch self {
    case .assignment: "an assignment"
    case .review: "a review"
    case .resolution: "a decision"
    }
  }
}

extension Inbox.Answer {
  /// What the answer delivers to a stage.
  ///
  /// - Parameters:
  ///   - purpose: What was asked for.
  ///   - type: The type of what the stage writes; `nil` if it is not known.
  ///   - passing: The score that the gate needs, if it needs one.
  /// - Returns: The value; `nil` if its type is not known.
  /// - Throws: `Unfit`.
  func value(
    for purpose: Inbox.Purpose, as type: ValueType?, passing: Double?
  ) throws(Unfit) -> (any Sendable)? {
    guard purpose.decisions.contains(decision) else {
      let words = purpose.decisions.map { "'\($0.rawValue)'" }.joined(separator: " or ")
      throw Unfit("it is \(purpose.noun), which is answered with \(words)")
    }
    if case .resolution = purpose { return try resolution() }
    switch decision {
    case .revise, .abort: return nil
    case .approve, .reject:
      if let score, !(0...1).contains(score) {
        throw Unfit("a score is a number from 0 to 1, not \(JSONValue.number(score).canonicalText)")
      }
      if decision == .approve, let passing, score == nil {
        throw Unfit(
          "the gate needs a score, and passes from \(JSONValue.number(passing).canonicalText) on")
      }
      return Review(
        decision == .approve ? .accept : .reject, score: score,
        comments: (reason ?? "").isBlank ? [] : [Review.Comment(reason ?? "")])
    case .supply:
      guard let value else { throw Unfit("it supplies nothing") }
      do {
        return try type?.decode(value)
      } catch {
        throw Unfit("\(error)")
      }
    }
  }

  /// The decision about a step that cannot get further by itself.
  private func resolution() throws(Unfit) -> Resolution {
    let why = reason ?? ""
    switch decision {
    case .revise: return .retry(guidance: reason)
    case .supply:
      guard let value else { throw Unfit("it supplies nothing") }
      return .supply(value, reason: reason)
    case .approve, .reject:
      guard !why.isBlank else { throw Unfit("say why it is used although it was not let pass") }
      return .accept(reason: why)
    case .abort:
      guard !why.isBlank else { throw Unfit("say why the run is to end") }
      return .abort(reason: why)
    }
  }

  /// Why an answer is none to what was asked.
  struct Unfit: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }
}
