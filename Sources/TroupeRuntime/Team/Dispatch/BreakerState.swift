/// Where the breaker of a member stands.
struct BreakerState {
  enum Phase: Equatable {
    case closed
    /// Nothing is begun until an instant, and then one assignment as a trial.
    case open(until: Duration)
    /// The trial is at work.
    case trying
  }

  private let breaker: Breaker
  private(set) var phase = Phase.closed
  private(set) var failures = 0
  /// Counts how often it has opened and been tried, so that work of before has no say any more.
  private var period = 0

  init(_ breaker: Breaker) {
    self.breaker = breaker
  }

  /// An assignment begins.
  ///
  /// - Returns: The period to which it belongs.
  mutating func begin() -> Int {
    if phase != .closed {
      phase = .trying
      period += 1
    }
    return period
  }

  mutating func succeed(began period: Int) -> Standing? {
    guard period == self.period else { return nil }
    failures = 0
    guard phase == .trying else { return nil }
    phase = .closed
    return .reinstated
  }

  mutating func fail(began period: Int, at now: Duration) -> Standing? {
    guard period == self.period else { return nil }
    failures += 1
    guard phase == .trying || failures >= breaker.failures else { return nil }
    phase = .open(until: now + breaker.pause)
    self.period += 1
    return .suspended(failures: failures, pause: breaker.pause)
  }

  /// Nothing is known of how it would have ended: the next one is the trial.
  mutating func giveUp(began period: Int) {
    guard period == self.period, phase == .trying else { return }
    phase = .open(until: .zero)
  }
}
