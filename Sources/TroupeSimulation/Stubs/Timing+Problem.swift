extension Timing {
  /// The longest time that makes sense, so that sums of many stay within bounds: 1,000 years.
  static let longest = Duration.seconds(365_000 * 86_400)

  /// The times that it is made of, which must rise.
  private var times: [Duration] {
    switch self {
    case .fixed(let duration), .exponential(let duration): [duration]
    case .uniform(let low, let high): [low, high]
    case .triangular(let low, let mode, let high): [low, mode, high]
    }
  }

  /// What makes no sense, if something does.
  var problem: String? {
    if times.contains(where: { $0 < .zero }) { return "a duration is negative" }
    if times.contains(where: { $0 > Self.longest }) {
      return "a duration is longer than 1,000 years"
    }
    guard times != times.sorted() else { return nil }
    return times.count == 2
      ? "the two durations of 'uniform' must rise: shortest, longest"
      : "the three durations of 'triangular' must rise: shortest, most likely, longest"
  }
}
