/// A stage that a fork performs, or may perform, although its parent has begun or done it.
public struct RepeatedStage: Sendable, Hashable {
  /// Where it stands: the path of its step with its rounds and elements.
  public let address: String
  /// Whether the parent has done it.
  public let isFinished: Bool
  /// Whether it was declared to happen at most once.
  public let isAtMostOnce: Bool
  /// Whether it had begun at the record and is in doubt in the fork: it is performed again only if
  /// its probe or a person says that it was not done.
  public let isInDoubt: Bool
  /// Whether it has a compensation: the fork undoes only what it has done itself.
  public internal(set) var hasCompensation = false
}
