import TroupePlan

/// A run that ended without its output.
public struct RunFailure: Error, Sendable, CustomStringConvertible {
  /// What could not be done.
  public let failure: Failure
  /// The artifacts that were written before, by their names, of the workflow's own scope.
  public let achieved: [String: any Sendable]
  /// All that happened.
  public let events: [Event]

  /// The identity under which the run goes on when it is run again; `nil` if it was not kept, or if
  /// it has ended because what it had done was undone.
  public let run: String?

  /// Whether what the run had done was undone, as far as stages say how, so that it has ended.
  public let isCompensated: Bool
  /// What the run had done and could not be undone; a person has to see to it.
  public let uncompensated: [Uncompensated]

  package init(
    failure: Failure, achieved: [String: any Sendable], events: [Event], run: String? = nil,
    isCompensated: Bool = false, uncompensated: [Uncompensated] = []
  ) {
    self.isCompensated = isCompensated
    self.uncompensated = uncompensated
    self.failure = failure
    self.achieved = achieved
    self.events = events
    self.run = run
  }

  /// The limit that ended the run, if one did; it can be raised when a run goes on that was kept.
  public var limit: RaisedLimit? {
    failure.limit.map { RaisedLimit($0, at: failure.address.path.description) }
  }

  /// What failed, why, and what can be done about it.
  public var description: String {
    "\(failure)\n  \(failure.remedy)" + (continuation.map { "\n  \($0)" } ?? "")
      + uncompensated.lines
  }

  /// How to go on with a run that was kept and that a limit has ended.
  package var continuation: String? {
    guard let run, let largerLimit else { return nil }
    return "or go on where it stopped: run it again as '\(run)' with "
      + "'raising: [\(largerLimit.code)]'"
  }

  /// An example of a limit with which the run would get further.
  package var largerLimit: RaisedLimit? {
    if case .budgetExhausted(let exhaustion) = failure.cause {
      return RaisedLimit(.budget(exhaustion.example), at: failure.address.path.description)
    }
    return limit.map { RaisedLimit($0.limit.doubled, at: $0.path.description) }
  }
}
