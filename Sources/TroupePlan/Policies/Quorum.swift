/// How many of a number of reviewers must accept what a gate judges.
///
/// The reviewers are different members of their role and do not see each other's reviews. As soon
/// as it is decided, those who are still at work are cancelled.
public struct Quorum: Sendable, Hashable {
  /// How many must accept.
  public var needed: Int
  /// How many are asked.
  public var reviewers: Int

  /// Creates a quorum.
  ///
  /// - Parameters:
  ///   - needed: How many must accept.
  ///   - reviewers: How many are asked.
  public init(_ needed: Int, of reviewers: Int) {
    self.needed = needed
    self.reviewers = reviewers
  }
}

extension Quorum {
  /// `2 of 3`.
  package var text: String { "\(needed) of \(reviewers)" }

  /// Whether more reviews would change nothing.
  package func isDecided(by verdicts: [Verdict]) -> Bool {
    let accepted = verdicts.count { $0.isAccepted }
    return accepted >= needed || verdicts.count - accepted > reviewers - needed
  }

  /// What a gate makes of its reviewers' verdicts; `nil` stands for a review that was not awaited.
  package func verdict(_ verdicts: [Vote?]) -> Verdict {
    var accepted = 0
    var remarks: [String] = []
    for (index, vote) in verdicts.enumerated() {
      switch vote {
      case .verdict(let verdict) where verdict.isAccepted: accepted += 1
      case .verdict(let verdict):
        remarks.append("reviewer \(index + 1) rejects it: \(verdict.reason ?? "no reason given")")
      case .failed(let reason): remarks.append("reviewer \(index + 1) gave no review: \(reason)")
      case nil: break
      }
    }
    let count = "\(accepted) of \(reviewers) accept it"
    if accepted >= needed {
      return remarks.isEmpty
        ? .accepted : .accepted(despite: ([count] + remarks).joined(separator: "; "))
    }
    return .rejected((["\(count), and \(needed) are needed"] + remarks).joined(separator: "; "))
  }

  /// What one of several reviewers gave.
  package enum Vote: Sendable {
    case verdict(Verdict)
    case failed(String)
  }
}
