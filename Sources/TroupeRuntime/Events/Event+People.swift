public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Event {
  /// What people are asked.
  public struct Asking: Sendable, Hashable {
    /// The identity of the request, unique in the run: the stage's address, with the take and the
    /// attempt if these are not the first.
    public let request: String
    /// What for.
    public let purpose: Inbox.Purpose
    /// The role whose work it is.
    public let role: Role.ID
    /// The names of the members who may answer.
    public let members: [String]
    /// When it will be too late, if there is a limit.
    public let until: Date?

    package init(
      request: String, purpose: Inbox.Purpose, role: Role.ID, members: [String], until: Date?
    ) {
      self.request = request
      self.purpose = purpose
      self.role = role
      self.members = members
      self.until = until
    }
  }

  /// What a person answered.
  public struct Answering: Sendable, Hashable {
    /// The member in whose name.
    public let by: String
    /// What they said.
    public let answer: Inbox.Answer

    package init(by: String, answer: Inbox.Answer) {
      self.by = by
      self.answer = answer
    }
  }
}

extension Event.Attempt {
  /// The identity of a request for this attempt.
  package func request(at address: Address) -> String {
    address.description + (take > 1 ? "~\(take)" : "") + (number > 1 ? "#\(number)" : "")
  }
}

extension Event.Answering {
  /// `'ann' rejects it: too long`.
  package var text: String {
    let verb =
      switch answer.decision {
      case .approve: "approves it"
      case .reject: "rejects it"
      case .revise: "has it done again"
      case .abort: "ends the run"
      case .supply: "supplies it"
      }
    let reason = (answer.reason ?? "").isEmpty ? "" : ": \(answer.reason ?? "")"
    return "'\(by)' \(verb)\(reason)"
  }
}

extension Event.Asking {
  /// `'ann' or 'ben' to answer a review for gate 'ready'`, as it follows "waits for".
  package var text: String {
    let names = members.map { "'\($0)'" }.joined(separator: " or ")
    return "\(names) to answer \(purpose.text)"
      + (until.map { " until \(InstantText.text(of: $0))" } ?? "")
  }
}

extension Inbox.Purpose {
  /// `a review for gate 'ready'`, `an assignment`.
  package var text: String {
    switch self {
    case .assignment: noun
    case .review(let gate): "\(noun) for gate '\(gate)'"
    case .resolution(let step, _): "\(noun) about '\(step)'"
    }
  }
}
