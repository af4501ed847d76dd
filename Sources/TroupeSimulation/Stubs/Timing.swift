import TroupeRuntime

/// How long something takes in virtual time: always the same, or drawn from a distribution.
public enum Timing: Sendable, Hashable {
  /// Always the same.
  case fixed(Duration)
  /// Any time between two, all equally likely.
  case uniform(Duration, Duration)
  /// Most often about `mode`, never outside of the other two: the triangular distribution.
  case triangular(Duration, mode: Duration, Duration)
  /// Mostly short and now and then very long, with this mean: the exponential distribution.
  case exponential(mean: Duration)

  /// What is taken where nobody says: 1 to 10 ms.
  static let small = Timing.uniform(.milliseconds(1), .milliseconds(10))

  /// A time, at least 1 µs, because nothing is done in no time.
  ///
  /// - Parameter generator: Where chance comes from; used once, whatever the case, so that changing
  ///   one timing leaves the others as they are.
  func sample(using generator: inout SeededGenerator) -> Duration {
    let chance = Double(generator.next() >> 11) * 0x1p-53
    let time: Duration =
      switch self {
      case .fixed(let duration): duration
      case .uniform(let low, let high): low + (high - low) * chance
      case .triangular(let low, let mode, let high):
        Self.triangular(low, mode, high, chance)
      case .exponential(let mean): mean * -(1 - chance).logarithm
      }
    return max(time, .microseconds(1))
  }

  /// The inverse of the triangular distribution's cumulative function (Kotz and van Dorp 2004).
  private static func triangular(
    _ low: Duration, _ mode: Duration, _ high: Duration, _ chance: Double
  ) -> Duration {
    let width = high - low
    guard width > .zero else { return low }
    let split = (mode - low) / width
    return chance < split
      ? low + width * (chance * split).squareRoot()
      : high - width * ((1 - chance) * (1 - split)).squareRoot()
  }
}
