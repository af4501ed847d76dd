/// What is done when an attempt of a stage has ended and nobody knows whether its work was done.
///
/// That is so after a timeout, after an error, and when the process ended in the middle of it.
public enum Occurrence: String, Sendable, Hashable, Codable, CaseIterable {
  /// The work may be started again, with the same idempotency key.
  case atLeastOnce
  /// The work is started again only when it is known that it was not done: its agent or its code
  /// threw `NotStarted`, or a person said so. Else it is in doubt.
  case atMostOnce
  /// The stage's probe is asked whether the work was done; what it does not know is in doubt.
  case probe
}

extension Occurrence {
  /// `at least once`, `at most once`, `probed`.
  package var text: String {
    switch self {
    case .atLeastOnce: "at least once"
    case .atMostOnce: "at most once"
    case .probe: "probed"
    }
  }
}
