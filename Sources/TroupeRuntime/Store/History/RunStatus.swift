/// How a run in a store stands.
public enum RunStatus: Sendable, Hashable {
  /// A process holds its lock. The text says which, as far as is known: `process 4711`.
  case running(by: String)
  /// A process holds its lock, and all that has begun and not come to its end waits for signals or
  /// time, as far as its journal tells.
  case waiting(by: String)
  /// It has not come to its end, and no process runs it.
  case interrupted
  /// It stopped before its end for a reason, and can be resumed. One that was asked to stop is in
  /// doubt if work was cut off that must not be done twice.
  case stopped(Event.Stopping)
  /// It ended for good.
  case ended(Event.Outcome)
  /// Its folder cannot be read as that of a run. The text says why.
  case damaged(String)

  /// How a run stands that no process runs.
  ///
  /// - Parameter leavesDoubts: Whether work was in doubt when it stopped.
  init(outcome: Event.Outcome?, stop: Event.Stopping?, _ leavesDoubts: Bool) {
    switch (outcome, stop) {
    case (let outcome?, _): self = .ended(outcome)
    // That it was asked to stop keeps nobody from going on, but this does.
    case (nil, .asked) where leavesDoubts: self = .stopped(.inDoubt)
    case (nil, let stop?): self = .stopped(stop)
    case (nil, nil): self = .interrupted
    }
  }

  /// The process that holds its lock, as far as is known; `nil` if none does.
  package var holder: String? {
    switch self {
    case .running(let holder), .waiting(let holder): holder
    case .interrupted, .stopped, .ended, .damaged: nil
    }
  }
}
