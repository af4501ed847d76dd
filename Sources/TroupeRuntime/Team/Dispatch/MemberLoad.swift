/// What a member is doing, and when it may do more.
struct MemberLoad {
  /// When a member can take an assignment, as far as it decides that itself.
  enum Readiness {
    case now
    /// When something of its own has ended.
    case later
    /// At an instant of the clock.
    case at(Duration)
  }

  /// The assignments that it works on.
  private(set) var busy = 0
  private var starts: StartTimes?
  private(set) var breaker: BreakerState?

  init(_ member: Member) {
    // People can be asked at any time: what is asked stays open whatever happens to the process.
    starts = member.isPerson ? nil : member.rate.map(StartTimes.init)
    breaker = member.isPerson ? nil : member.breaker.map(BreakerState.init)
  }

  /// Whether the passing of time alone can make it ready.
  var dependsOnTime: Bool { starts != nil || breaker != nil }

  func readiness(capacity: Int, at now: Duration) -> Readiness {
    guard busy < capacity else { return .later }
    guard dependsOnTime else { return .now }
    var next = starts?.next ?? .zero
    switch breaker?.phase {
    case .open(let end): next = max(next, end)
    case .trying: return .later
    case .closed, nil: break
    }
    return next > now ? .at(next) : .now
  }

  /// An assignment is given to it.
  ///
  /// - Returns: The period of the breaker.
  mutating func begin(at now: Duration) -> Int {
    busy += 1
    starts?.note(now)
    return breaker?.begin() ?? 0
  }

  /// It has ended with an assignment.
  ///
  /// - Parameter start: When it was given to it: of one with which it never began, nothing counts.
  mutating func end(_ outcome: Lease.Outcome, began start: Duration) {
    busy -= 1
    if case .unused = outcome { starts?.forget(start) }
  }

  /// What became of an assignment is known.
  mutating func note(
    _ outcome: Lease.Outcome, began period: Int, at now: Duration
  ) -> Standing? {
    switch outcome {
    case .done: return breaker?.succeed(began: period)
    case .failed: return breaker?.fail(began: period, at: now)
    case .givenUp, .unused:
      breaker?.giveUp(began: period)
      return nil
    }
  }
}
