/// The latest starts of a member with a rate.
struct StartTimes {
  private let rate: Rate
  /// The instants in order, at most as many as the rate allows.
  private var instants: [Duration] = []

  init(_ rate: Rate) {
    self.rate = rate
  }

  /// When one more is allowed.
  var next: Duration {
    guard instants.count >= rate.assignments, let oldest = instants.first else { return .zero }
    return oldest + rate.span
  }

  /// One more has begun; the span of the oldest is over if there were as many as allowed.
  mutating func note(_ now: Duration) {
    if instants.count >= rate.assignments { instants.removeFirst() }
    instants.append(now)
  }

  /// The one of this instant has not begun after all.
  mutating func forget(_ instant: Duration) {
    if let index = instants.lastIndex(of: instant) { instants.remove(at: index) }
  }
}
