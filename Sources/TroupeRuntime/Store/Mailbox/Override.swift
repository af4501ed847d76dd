public import TroupePlan

/// What an operator decides about a step in the place of whoever was to decide it.
public enum Override: Sendable, Equatable {
  /// It passes: the review that is waited for accepts, or the gate that has rejected it is waived.
  case accept
  /// Here is what the stage gives, as JSON of its type; its gates hold for it.
  case output(JSONValue)
}

/// An override that a run does not take.
public struct OverrideRefused: Error, Sendable, Hashable, CustomStringConvertible {
  /// The address of the step.
  public let address: String
  /// Why.
  public let reason: String
  /// The address at which the same can be decided; `nil` if there is none.
  public let elsewhere: String?

  init(_ address: String, _ reason: String, elsewhere: String? = nil) {
    self.address = address
    self.reason = reason
    self.elsewhere = elsewhere
  }

  /// What was refused and why.
  public var description: String { "'\(address)' cannot be overridden: \(reason)" }
}

extension Override {
  /// What it answers to what people are asked for.
  ///
  /// - Parameter score: The score that a review needs, if it needs one.
  /// - Returns: `nil` if it answers nothing of that kind.
  func answer(_ purpose: Inbox.Purpose, passing score: Double?, why: String) -> Inbox.Answer? {
    switch (self, purpose) {
    case (.accept, .review): .approve(score: score, reason: why)
    case (.accept, .resolution(_, let decisions)):
      decisions.contains(.accept) ? .approve(score: nil, reason: why) : nil
    case (.output(let value), .resolution(_, let decisions)):
      decisions.contains(.supply) ? .supply(value, reason: why) : nil
    case (.output(let value), .assignment): .supply(value, reason: why)
    case (.accept, .assignment), (.output, .review): nil
    }
  }

  /// Why it cannot be said of what people are asked for.
  func misfit(_ purpose: Inbox.Purpose) -> String {
    if case .resolution(_, let decisions) = purpose,
      !decisions.contains(self == .accept ? .supply : .accept)
    {
      return
        "it is \(purpose.noun) about what can only be done again or aborted; let it be answered"
    }
    return "it is \(purpose.noun); "
      + (self == .accept ? "say what its output is" : "accept it, or let it be answered")
  }

  /// One word for letters.
  var word: String { self == .accept ? "accept" : "output" }
}
