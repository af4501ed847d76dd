/// How often a failed attempt is repeated, and after which pauses.
public struct Retry: Sendable, Hashable, Codable {
  /// The attempts allowed for each member and take, the first one included.
  public var attempts: Int
  /// The pause before each further attempt.
  public var backoff: Backoff

  /// Creates a retry policy.
  public init(attempts: Int, backoff: Backoff = .none) {
    self.attempts = attempts
    self.backoff = backoff
  }
}
