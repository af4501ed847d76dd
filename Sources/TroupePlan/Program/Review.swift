/// What a reviewer says about what a step wrote.
///
/// Agents that review for a gate answer with this; its schema goes to them.
public struct Review: Codable, Sendable, Hashable {
  /// What a reviewer decides.
  public enum Decision: String, Codable, Sendable, CaseIterable {
    /// It may pass as it is.
    case accept
    /// It may not pass: the comments say what is wrong.
    case reject
  }

  /// A remark on what was reviewed.
  public struct Comment: Codable, Sendable, Hashable {
    /// What the remark is about, such as `accuracy`; `nil` if it is about the whole.
    public var criterion: String?
    /// The remark.
    public var text: String

    /// Creates a remark.
    public init(_ text: String, on criterion: String? = nil) {
      self.text = text
      self.criterion = criterion
    }
  }

  /// Whether it may pass.
  public var decision: Decision
  /// How good it is, from 0 to 1; asked for where a gate needs a score to pass.
  public var score: Double?
  /// What is to be said about it; of a rejection it goes back to whoever does the work again.
  public var comments: [Comment]

  /// Creates a review.
  ///
  /// - Parameters:
  ///   - decision: Whether it may pass.
  ///   - score: How good it is, from 0 to 1.
  ///   - comments: What is to be said about it.
  public init(_ decision: Decision, score: Double? = nil, comments: [Comment] = []) {
    self.decision = decision
    self.score = score
    self.comments = comments
  }

  /// It may pass, and there is nothing to say about it.
  public static let accepted = Review(.accept)

  /// It may not pass.
  ///
  /// - Parameter reasons: What is wrong.
  public static func rejected(_ reasons: String...) -> Review {
    Review(.reject, comments: reasons.map { Comment($0) })
  }
}

extension Review {
  /// What a gate makes of the review.
  ///
  /// - Parameter passing: The score that it needs beside its acceptance; one that gives none does
  ///   not pass.
  package func verdict(passing: Double?) -> Verdict {
    let remarks = comments.map(\.line)
    if decision == .reject {
      return .rejected(
        remarks.isEmpty ? "the reviewer rejects it" : remarks.joined(separator: "; "))
    }
    guard let passing, !(score ?? -1 >= passing) else { return .accepted }
    let needed = JSONValue.number(passing).canonicalText
    let given =
      score.map { "it has the score \(JSONValue.number($0).canonicalText), and \(needed) passes" }
      ?? "the review gives no score, and \(needed) passes"
    return .rejected(([given] + remarks).joined(separator: "; "))
  }
}

extension Review.Comment {
  fileprivate var line: String { criterion.map { "\($0): \(text)" } ?? text }
}
