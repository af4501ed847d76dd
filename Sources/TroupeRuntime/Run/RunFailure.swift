/// A run that ended without its output.
public struct RunFailure: Error, Sendable, CustomStringConvertible {
  /// What could not be done.
  public let failure: Failure
  /// The artifacts that were written before, by their names, of the workflow's own scope.
  public let achieved: [String: any Sendable]
  /// All that happened.
  public let events: [Event]

  package init(failure: Failure, achieved: [String: any Sendable], events: [Event]) {
    self.failure = failure
    self.achieved = achieved
    self.events = events
  }

  /// What failed, why, and what can be done about it.
  public var description: String { "\(failure)\n  \(failure.remedy)" }
}
