public import TroupePlan

/// What somebody found out about work that is in doubt: work that must not simply be started again,
/// and of which nobody knew whether it was done.
public enum Settlement: Sendable, Equatable {
  /// It was done, and gave this output; an effect gives none.
  case finished(JSONValue?)
  /// It was not done, and may be started again.
  case notDone
  /// It stays in doubt, and the run is to end for good because of it.
  case abort
}
