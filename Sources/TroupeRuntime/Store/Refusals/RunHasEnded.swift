/// A run that has ended for good takes no cancellation and no settlement any more.
public struct RunHasEnded: Error, Sendable, CustomStringConvertible {
  /// The run's identity.
  public let id: String
  /// How it ended.
  public let outcome: Event.Outcome

  /// Which run, and how it ended.
  public var description: String { "run '\(id)' has already ended: it was \(outcome.rawValue)" }
}
