public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

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
  }

  /// What a person decides.
  public enum Decision: String, Sendable, Hashable, CaseIterable {
    /// What was reviewed may pass.
    case approve
    /// What was reviewed may not pass.
    case reject
    /// Here is what the stage is to write.
    case supply
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

    /// Here is what the stage is to write, as JSON of its type; text is a JSON string.
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
    }
  }

  /// `a review`, `an assignment`.
  package var noun: String {
    switch self {
    case .assignment: "an assignment"
    case .review: "a review"
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
    switch decision {
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
        comments: (reason ?? "").isEmpty ? [] : [Review.Comment(reason ?? "")])
    case .supply:
      guard let value else { throw Unfit("it supplies nothing") }
      do {
        return try type?.decode(value)
      } catch {
        throw Unfit("\(error)")
      }
    }
  }

  /// Why an answer is none to what was asked.
  struct Unfit: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }
}
