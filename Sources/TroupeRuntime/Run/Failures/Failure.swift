public import TroupePlan

/// What could not be done in a run: where, by whom, why, and what can be done about it.
public struct Failure: Error, Sendable {
  /// Why a step failed.
  public enum Cause: Sendable {
    /// The stage's code or agent threw this error, or a closure of a gate or condition did.
    case error(any Error)
    /// An attempt of a stage, or a take of a container, took longer than its timeout.
    case timedOut(Duration)
    /// The step was not done in the time it had in all.
    case deadlinePassed(Duration)
    /// An agent's answers did not have the form that the stage needs.
    case undecodable(reason: String, turns: Int)
    /// A gate rejected what the step wrote, after so many takes.
    case rejected(gate: String, reason: String, takes: Int)
    /// A gate's closure threw this error.
    case gateFailed(gate: String, any Error)
    /// A loop's condition did not hold in any of its rounds.
    case exhausted(rounds: Int)
    /// No condition of a choice held, and it has no `Otherwise`.
    case nothingMatched
    /// All contestants of a race failed.
    case allFailed
    /// More elements of a fan-out failed than it tolerates.
    case tooManyFailed(Int, tolerated: Int)
    /// A signal of this name did not come in the time that a wait for it had.
    case signalMissed(String, within: Duration)
    /// A stage gave nothing for this reason, and nobody knows whether its work was done; it must
    /// not be started again before somebody does.
    case inDoubt(reason: String, idempotencyKey: String)
    /// The stage's code or agent raised a concern, which somebody else must decide.
    case concern(Concern)
    /// The budget of the step is used up.
    case budgetExhausted(BudgetExhaustion)
    /// Nobody in the team can be given the work of this role.
    case noMember(role: Role.ID)
  }

  /// Where it happened.
  public let address: Address
  /// The take in which it happened, counted from 1.
  public let take: Int
  /// The attempts of that take that were made.
  public let attempts: Int
  /// The member who did the work last; `nil` for code and containers.
  public let member: String?
  /// Why.
  public let cause: Cause
  /// What else failed at the same time or before it, and is part of the cause.
  public internal(set) var others: [Failure]
  /// Where the step was declared.
  public let location: SourceLocation?

  /// The number of the record that says so.
  package var record = 0
  /// What the containers around it had published when it failed.
  package private(set) var kept = Kept()

  package init(
    address: Address, take: Int, attempts: Int, member: String?, cause: Cause,
    others: [Failure], location: SourceLocation?
  ) {
    self.address = address
    self.take = take
    self.attempts = attempts
    self.member = member
    self.cause = cause
    self.others = others
    self.location = location
  }

  /// Keeps what a container had published, because it will not hand it on.
  package mutating func keep(_ frame: Frame) { kept.keep(frame) }

  /// Keeps what the containers had published that an error tells of, and nothing else of it.
  mutating func keepOnly(what error: any Error) {
    switch error {
    case let failure as Failure: kept.keep(failure.kept)
    case let cancelled as Cancelled: kept.keep(cancelled.kept)
    default: break
    }
  }

  /// Keeps what the containers had published in which something else ended early.
  mutating func keep(what error: any Error) {
    switch error {
    case let failure as Failure:
      kept.keep(failure.kept)
      others.append(failure)
    case let cancelled as Cancelled:
      kept.keep(cancelled.kept)
      others += cancelled.failures
    default: break
    }
  }
}

extension Failure: CustomStringConvertible {
  /// `'a/b' (take 2, attempt 3, member 'scribe') failed: …`, with what else failed.
  public var description: String {
    var parts: [String] = []
    if take > 1 { parts.append("take \(take)") }
    if attempts > 1 { parts.append("attempt \(attempts)") }
    if let member { parts.append("member '\(member)'") }
    let detail = parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    let others = others.map { "\n  also: \($0.description.indentingLines())" }.joined()
    return "'\(address)'\(detail) \(reason)\(others)"
  }

  /// Why, in words that follow the step's name.
  public var reason: String { Self.reason(of: cause) }

  /// What a gate has said, if one did not let the step pass; else why it failed.
  var objection: String {
    if case .rejected(_, let objection, _) = cause { objection } else { reason }
  }

  /// A cause in words that follow the step's name.
  package static func reason(of cause: Cause) -> String {
    switch cause {
    case .error(let error): "failed: \(error)"
    case .timedOut(let limit): "took longer than its timeout of \(DurationText.short(limit))"
    case .deadlinePassed(let limit): "was not done by its deadline of \(DurationText.short(limit))"
    case .undecodable(let reason, let turns):
      "was answered \(turns) times in a form that it cannot use: \(reason)"
    case .rejected(let gate, let reason, let takes):
      "was rejected by gate '\(gate)'\(takes > 1 ? " after \(takes) takes" : ""): \(reason)"
    case .gateFailed(let gate, let error): "could not be judged by gate '\(gate)': \(error)"
    case .exhausted(let rounds): "was not satisfied after \(rounds) rounds"
    case .nothingMatched: "matched none of its branches"
    case .allFailed: "had no contestant that succeeded"
    case .tooManyFailed(let count, let tolerated):
      "had \(count) failed elements, and tolerates \(tolerated)"
    case .signalMissed(let name, let limit):
      "was not sent signal '\(name)' within \(DurationText.short(limit))"
    case .inDoubt(let reason, let key):
      "is in doubt, because it \(reason); its idempotency key is \(key)"
    case .concern(let concern): "raised \(concern)"
    case .budgetExhausted(let exhaustion): exhaustion.description
    case .noMember(let role): "found nobody who plays the role '\(role)'"
    }
  }

  /// What can be done about it.
  public var remedy: String {
    switch cause {
    case .error where attempts > 1: "mend the cause, or give the step a '.fallback'"
    case .error: "mend the cause, or give the step a '.retry' or a '.fallback'"
    case .timedOut: "allow more time with '.timeout', or give the step a '.retry' or '.fallback'"
    case .deadlinePassed where address.path.isReview:
      "allow more time for the review with 'within:'"
    case .deadlinePassed: "allow more time with '.deadline', or give the step a '.fallback'"
    case .undecodable: "look at the prompt and at what the agent answers; a role may be too weak"
    case .rejected: "allow more takes with '.rework(upTo:)', or relax the gate"
    case .gateFailed: "mend the gate: a verdict is returned, and not thrown"
    case .exhausted: "allow more rounds with 'upTo:', or accept the last with 'otherwise: .accept'"
    case .nothingMatched: "add an 'Otherwise' to the choice"
    case .allFailed: "look at the contestants' failures below"
    case .tooManyFailed: "look at the elements' failures below, or tolerate more"
    case .signalMissed: "allow more time with 'within:', or give the wait a '.fallback'"
    case .concern(let concern):
      "let somebody decide: .escalate { On(.concern(\"\(concern.kind.rawValue)\")) { Ask(…) } }"
    case .budgetExhausted:
      "allow more with '.budget', or let somebody decide: .escalate { On(.budget) { Ask(…) } }"
    case .noMember(let role): "add a member to the team: Member(\"…\", plays: Role(\"\(role)\"))"
    case .inDoubt:
      "find out whether the work was done before it is started again; what surely did nothing says "
        + "so by throwing 'NotStarted', '.probe' asks who knows, and 'settle' says what was found out"
    }
  }
}

extension String {
  func indentingLines() -> String {
    split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n  ")
  }
}
