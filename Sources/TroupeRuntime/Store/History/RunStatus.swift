/// How a run in a store stands.
public enum RunStatus: Sendable, Hashable {
  /// A process holds its lock. The text says which, as far as is known: `process 4711`.
  case running(by: String)
  /// A process holds its lock, and all that has begun and not come to its end waits for signals or
  /// time, as far as its journal tells.
  case waiting(by: String)
  /// It has not come to its end, and no process runs it.
  case interrupted
  /// It stopped before its end for a reason, and can be resumed.
  case stopped(Event.Stopping)
  /// It ended for good.
  case ended(Event.Outcome)
  /// Its folder cannot be read as that of a run. The text says why.
  case damaged(String)

  /// The process that holds its lock, as far as is known; `nil` if none does.
  package var holder: String? {
    switch self {
    case .running(let holder), .waiting(let holder): holder
    case .interrupted, .stopped, .ended, .damaged: nil
    }
  }
}
