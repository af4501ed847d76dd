import TroupePlan

/// How far one step of a run is: of a step that runs again and again, its present visit.
struct StepProgress: Sendable, Equatable {
  /// What a step is doing.
  enum State: Sendable, Equatable {
    /// It has not begun.
    case waiting
    /// It waits for a member who plays its role.
    case queued(Role.ID)
    /// It is at work.
    case running
    /// Its attempt failed, and there will be another.
    case retrying
    /// It was given up, ignores that, and the run waits for it.
    case lingering
    /// It is done.
    case done
    /// It failed for good.
    case failed
    /// It was cancelled.
    case cancelled
    /// It will not run: another branch was taken.
    case skipped

    /// Whether something is going on.
    var isActive: Bool {
      switch self {
      case .queued, .running, .retrying, .lingering: true
      default: false
      }
    }
  }

  /// What it is doing.
  var state = State.waiting
  /// When it began, since the run's beginning.
  var began: Duration?
  /// When it ended, since the run's beginning.
  var ended: Duration?
  /// The production, counted from 1.
  var take = 1
  /// The start within the take, counted from 1.
  var attempt = 1
  /// Who does it.
  var member: String?
  /// The round of a loop, counted from 1.
  var round = 1
  /// What is worth knowing beside: why it is done again, which branch was taken.
  var note: String?

  /// Forgets everything, because the step will run once more.
  mutating func reset() { self = StepProgress() }

  /// Ends the step.
  mutating func end(_ state: State, at time: Duration) {
    self.state = state
    ended = time
  }
}
