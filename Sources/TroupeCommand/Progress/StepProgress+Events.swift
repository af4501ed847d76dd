import TroupePlan
import TroupeRuntime

extension StepProgress {
  /// Takes in what happened to the step.
  mutating func apply(_ kind: Event.Kind, at time: Duration, of node: Node) {
    switch kind {
    case .opened:
      reset()
      (state, began) = (.running, time)
    case .queued(let role):
      began = began ?? time
      state = .queued(role)
    case .started(let attempt): start(attempt, at: time)
    case .askedAgain(_, let reason): note = "asked again: \(reason)"
    case .finished:
      note = nil
      if node.isPlainStage { end(.done, at: time) }
    case .failed(_, let reason, let pause, _):
      note = reason
      if pause != nil {
        state = .retrying
      } else if node.isPlainStage {
        end(.failed, at: time)
      }
    case .gaveUp(_, .timedOut(let limit)):
      note = "took longer than \(DurationText.short(limit))"
      state = .retrying
    case .gaveUp(_, .cancelled), .gaveUp(_, .stopped):
      if node.isPlainStage { end(.cancelled, at: time) }
    case .stale:
      if state == .lingering { end(.cancelled, at: time) }
    case .lingering:
      note = "ignores that it was cancelled"
      state = .lingering
    case .judged(let gate, let verdict, let then): judge(gate, verdict, then)
    case .chose(let branch): note = branch.map { "chose \($0)" } ?? "chose nothing"
    case .wentRound(let number, let isDone):
      if !isDone { round = min(number + 1, node.rounds) }
    case .sufficed(let results): note = "\(Count.of(results, "result")) were enough"
    case .fellBack(let reason): note = "fell back: \(reason)"
    case .escalated(let trigger, _): note = "escalates: \(trigger.words)"
    case .reached(_, let what): note = what
    case .resolved(_, let resolution, let member):
      note = "\(member ?? "somebody") decides: \(resolution.text)"
    case .compensating: note = "is undone"
    case .aborted(let reason, _): note = "aborts the run: \(reason)"
    case .closed(let ending): close(ending, at: time)
    case .waiting(let signal, let end):
      (state, began, ended) = (.running, began ?? time, nil)
      note =
        "waits" + (signal.map { " for signal '\($0)'" } ?? "")
        + (end.map { " until \(TimeText.instant($0))" } ?? "")
    case .asked(_, let asking):
      (state, began, ended) = (.running, began ?? time, nil)
      note = "waits for \(asking.text)"
    case .answered(_, let answering): note = answering.text
    case .consumed, .passed:
      note = nil
      if node.isPlainWait, node.isOver(by: kind) { end(.done, at: time) }
    case .examined(_, .overridden): note = "was overridden by an operator"
    case .examined(_, .finished): note = "was done all the same"
    case .examined(_, .notDone): note = "was not done"
    case .examined(_, .unknown), .examined(_, .aborted): note = "in doubt"
    case .fannedOut, .received, .returned, .unconsumed, .considered, .expired, .exhausted,
      .accepted, .resumed, .stopped, .ended, .cancelRequested, .refused, .planChanged, .limitRaised,
      .snapshot,
      .forked, .suspended, .reinstated, .acknowledged:
      break
    }
  }

  private mutating func start(_ attempt: Event.Attempt, at time: Duration) {
    (take, self.attempt, member) = (attempt.take, attempt.number, attempt.member)
    (state, began, ended) = (.running, began ?? time, nil)
  }

  private mutating func judge(
    _ gate: String, _ verdict: Verdict, _ consequence: Event.Consequence
  ) {
    note = verdict.isAccepted ? nil : "\(gate): \(verdict.reason ?? "rejected")"
    if case .rework(let number) = consequence { take = number }
  }

  private mutating func close(_ ending: Event.Ending, at time: Duration) {
    switch ending {
    case .completed: end(.done, at: time)
    case .failed(let reason):
      note = note ?? reason
      end(.failed, at: time)
    case .cancelled: end(.cancelled, at: time)
    }
  }
}
