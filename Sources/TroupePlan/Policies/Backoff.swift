/// The pause before each further attempt.
///
/// The pause before attempt `n + 1` is `min(initial × factor^(n − 1), limit)`, shortened by a
/// random part of up to `jitter` of itself, so that many who failed together do not return
/// together ("Exponential Backoff And Jitter", M. Brooker, 2015).
public struct Backoff: Sendable, Hashable, Codable {
  /// The pause before the second attempt, without jitter.
  public var initial: Duration
  /// By what each further pause is longer than the one before it.
  public var factor: Double
  /// The longest pause, without jitter.
  public var limit: Duration
  /// The largest part of a pause, from 0 to 1, that chance may take away.
  public var jitter: Double

  /// No pause at all.
  public static let none = Backoff(initial: .zero, factor: 1, limit: .zero, jitter: 0)

  /// The same pause each time.
  ///
  /// - Parameters:
  ///   - pause: The pause before each further attempt.
  ///   - jitter: The largest part of it, from 0 to 1, that chance may take away.
  public static func constant(_ pause: Duration, jitter: Double = 0) -> Backoff {
    Backoff(initial: pause, factor: 1, limit: pause, jitter: jitter)
  }

  /// Pauses that grow by a factor.
  ///
  /// - Parameters:
  ///   - initial: The pause before the second attempt.
  ///   - factor: By what each further pause is longer than the one before it.
  ///   - limit: The longest pause.
  ///   - jitter: The largest part of a pause, from 0 to 1, that chance may take away.
  public static func exponential(
    from initial: Duration, factor: Double = 2, upTo limit: Duration = .seconds(300),
    jitter: Double = 0.25
  ) -> Backoff {
    Backoff(initial: initial, factor: factor, limit: limit, jitter: jitter)
  }

  /// The pause after a number of failed attempts.
  ///
  /// - Parameters:
  ///   - failures: How many attempts have failed, at least 1.
  ///   - chance: A number from 0 to 1 that decides how much of the jitter is taken away.
  public func pause(after failures: Int, chance: Double) -> Duration {
    guard initial > .zero else { return .zero }
    var pause = initial
    for _ in 1..<max(failures, 1) where factor > 1 {
      // Compared before it is multiplied, because a duration has a largest value.
      guard pause < limit, pause / limit < 1 / factor else { return limit * (1 - jitter * chance) }
      pause = pause * factor
    }
    return min(pause, limit) * (1 - jitter * chance)
  }
}
