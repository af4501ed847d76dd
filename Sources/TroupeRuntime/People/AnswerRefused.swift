import TroupePlan

/// An answer that a run does not take, or a request that it does not hand on.
public struct AnswerRefused: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable, Hashable {
    /// There is no such request; these are open.
    case unknown(open: [String])
    /// This person had answered before, in another way.
    case superseded(by: String)
    /// The request is not open any more: its time is over, or nobody needs the answer.
    case late
    /// The request is to others: these may answer it.
    case notYours(members: [String])
    /// The answer is not what was asked for.
    case wrongType(String)
    /// Nobody could answer to whom the request was to be handed on.
    case nobody(String)
  }

  /// The request.
  public let request: String
  /// Why it is refused.
  public let reason: Reason

  package init(_ request: String, _ reason: Reason) {
    self.request = request
    self.reason = reason
  }

  /// What was refused and why, with what can be done instead.
  public var description: String {
    switch reason {
    case .unknown(let open):
      let list = open.map { "'\($0)'" }.joined(separator: ", ")
      return "there is no request '\(request)'"
        + (open.isEmpty ? ", and nothing else waits for an answer" : "; open is \(list)")
    case .superseded(let member):
      return "superseded: '\(member)' has already answered request '\(request)', and the first "
        + "answer holds"
    case .late: return "late: request '\(request)' is not open any more"
    case .notYours(let members):
      let list = members.map { "'\($0)'" }.joined(separator: ", ")
      return "not yours: request '\(request)' is to \(list)"
    case .nobody(let why): return "nobody: request '\(request)' cannot be handed on: \(why)"
    case .wrongType(let why):
      return "wrong type: request '\(request)' cannot be answered so: \(why)"
    }
  }

  /// One word for the journal.
  package var word: String {
    switch reason {
    case .unknown: "unknown"
    case .superseded: "superseded"
    case .late: "late"
    case .notYours: "notYours"
    case .wrongType: "wrongType"
    case .nobody: "nobody"
    }
  }
}
