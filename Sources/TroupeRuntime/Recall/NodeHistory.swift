import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a journal tells of one instance of a node.
struct NodeHistory: Sendable {
  /// A gate's verdict on one take.
  struct Judged: Sendable {
    let take: Int
    let gate: String
    let verdict: Verdict
    let consequence: Event.Consequence
    /// Who has waived it, if somebody has.
    var by: String?
    /// The operator who has waived it although nobody asked them, and why.
    var override: Overriding?
    /// Whether the run was opened again after it, so that what was rejected may be done again.
    var isPardoned = false

    /// What follows from the verdict now.
    func effective(take: Int) -> Event.Consequence {
      isPardoned ? .rework(take: take + 1) : consequence
    }
  }

  /// Who has decided in the place of others, and why.
  struct Overriding: Sendable {
    let by: String
    let why: String
  }

  /// One element of a fan-out whose end was considered, and whether that was enough.
  struct Considered: Sendable {
    let element: Int
    let isEnough: Bool
  }

  /// The number of the record that says it began, and when its deadline is.
  var opened: (record: Int, due: Date?)?
  /// The number of the record that says it ended, and how.
  var closed: (record: Int, ending: Event.Ending)?
  /// Why it failed, if it did.
  var failure: JSONValue?
  /// The starts of a stage, in order.
  var attempts: [AttemptHistory] = []
  /// The prompt of each take that was started.
  var prompts: [Int: Payload] = [:]
  var verdicts: [Judged] = []
  /// The branch taken; `.some(nil)` if the choice passed on.
  var choice: String??
  /// For each round of a loop, whether it was the last.
  var rounds: [Bool] = []
  /// The number of elements.
  var count: Int?
  var considered: [Considered] = []
  /// What people were asked for attempts, in order.
  var requests: [RequestHistory] = []
  /// The wait that was opened last.
  var wait: WaitHistory?
  /// The number of the record that its fallback began, and the failure after which it did.
  var fellBack: (record: Int, failure: JSONValue)?
  /// Its ladder, if that has begun.
  var ladder: LadderHistory?
  /// The takes whose timeout has passed.
  var timedOut: Set<Int> = []
  /// Whether its deadline has passed.
  var isOverdue = false
  /// Why its budget was used up, by the rung of its ladder that did the work, or 0.
  var exhausted: [Int: BudgetExhaustion] = [:]
  /// How long it was worked on, until it was last opened.
  var time = Duration.zero
  /// How long the run had been worked on when the step was last opened; `nil` while it is closed.
  var timeOpened: Duration?
  /// Whether it was cancelled, and nothing of it has been done since that was opened again.
  var isGivenUp = false

  /// Whether it has begun and has not come to an end.
  var isOpen: Bool {
    if let wait, wait.ended == nil, closed == nil { return true }
    if opened != nil { return closed == nil }
    if case .unknown? = attempts.last?.end { return attempts.last?.examined?.found != .overridden }
    return false
  }

  /// How long it was worked on.
  ///
  /// - Parameter ran: How long the run was.
  func time(at ran: Duration) -> Duration { time + (timeOpened.map { ran - $0 } ?? .zero) }

  /// Whether it came to its end by a failure.
  var hasFailed: Bool {
    if let closed {
      if case .failed = closed.ending { return true }
      return false
    }
    if case .failed? = attempts.last?.end { return attempts.last?.examined?.found != .overridden }
    return false
  }

  /// The number of its first record, as far as it matters for the order in which things ended.
  var began: Int { opened?.record ?? attempts.last?.started ?? wait?.opened ?? 0 }

  /// The attempts of one take, in order.
  func attempts(take: Int) -> ArraySlice<AttemptHistory> {
    guard let first = attempts.firstIndex(where: { $0.attempt.take == take }) else { return [] }
    let end = attempts[first...].firstIndex { $0.attempt.take != take } ?? attempts.endIndex
    return attempts[first..<end]
  }

  /// The attempts of a take and of all before it.
  func attempts(upTo take: Int) -> ArraySlice<AttemptHistory> {
    attempts.prefix { $0.attempt.take <= take }
  }

  /// The number of the record by which the node is done or has failed for good, or `nil` if it is
  /// neither.
  ///
  /// - Parameter traits: Says whether it is opened and closed, as all are but plain stages and
  ///   waits.
  func completion(_ traits: NodeTraits) -> Int? {
    if traits.contains(.plainWait), let ended = wait?.ended { return ended }
    guard traits.contains(.plainStage) else {
      guard let closed, closed.ending != .cancelled else { return nil }
      return closed.record
    }
    if let examined = attempts.last?.examined, examined.found == .overridden {
      return examined.record
    }
    guard let last = attempts.last, !last.isPardoned else { return nil }
    switch last.end {
    case .finished: return last.ended
    case .failed(_, _, _, let isLast): return isLast ? last.ended : nil
    case .unknown, .gaveUp: return nil
    }
  }
}
