import TroupePlan
import TroupeRuntime

/// What has happened to a step, in words.
enum HistoryWords {
  /// How far a step is. `isLive` is whether a process runs the run.
  static func state(_ step: RunHistory.Step, isLive: Bool) -> String {
    switch step.state {
    case .completed: return "done"
    case .failed: return "failed"
    case .cancelled: return "cancelled"
    case .open: break
    }
    switch step.awaited {
    case .member: return isLive ? "waits" : "is to wait"
    case .signal, .instant, .answer: return "waits"
    case nil: break
    }
    switch step.attempts.last?.end {
    case .gaveUp(.stopped): return "stopped"
    case .failed(_, pause: .some): return isLive ? "pauses" : "not done"
    case .open: return isLive ? "running" : "in doubt"
    default: return isLive ? "running" : "not done"
    }
  }

  /// What a step waits for.
  static func awaited(_ awaited: RunHistory.Awaited) -> String {
    switch awaited {
    case .member(let role): "a member who plays '\(role)'"
    case .signal(let name, let end):
      "signal '\(name)'" + (end.map { " until \(TimeText.instant($0))" } ?? "")
    case .answer(let asking): asking.text
    case .instant(let date): "\(TimeText.instant(date))"
    }
  }

  /// How an attempt ended, in words that follow its number; `nil` if it gave what was wanted.
  static func end(_ attempt: RunHistory.Attempt, isLive: Bool) -> String? {
    switch attempt.end {
    case .finished: nil
    case .open: isLive ? "running" : "in doubt: nobody knows what became of it"
    case .failed(let reason, let pause):
      "failed: \(reason)" + (pause.map { "; again after \(DurationText.short($0))" } ?? "")
    case .gaveUp(.timedOut(let limit)): "took longer than \(DurationText.short(limit))"
    case .gaveUp(.cancelled): "cancelled"
    case .gaveUp(.stopped): "stopped with the run"
    }
  }

  /// What a gate said and what followed: `gate 'ready': rejected: too short; take 2 follows`.
  static func judgement(_ judgement: RunHistory.Judgement) -> String {
    let gate = "gate \(Printable.quoted(judgement.gate))"
    guard !judgement.verdict.isAccepted else {
      return "\(gate): accepted"
        + (judgement.verdict.reason.map { "; \(Printable.line($0))" } ?? "")
    }
    let reason = judgement.verdict.reason ?? "no reason given"
    let consequence =
      switch judgement.consequence {
      case .pass: ""
      case .waive: "; accepted all the same"
      case .rework(let take): "; take \(take) follows"
      case .fail: "; the step fails"
      }
    return "\(gate): rejected: \(reason)\(consequence)"
  }

  /// What was used up of a budget: `post/draft: 1200 of 5000 tokens, 2 of 10 attempts`; of the
  /// whole run's without a place.
  static func spending(_ spending: RunHistory.Spending) -> String {
    let parts = zip(spending.budget.amounts, spending.spent).map { limit, spent in
      let over = limit.isLess(than: spent) ? " (\(spent.minus(limit).figure) too many)" : ""
      return limit.quantity == .cost
        ? "a cost of \(spent.figure) of \(limit.figure)\(over)"
        : "\(spent.figure) of \(limit)\(over)"
    }
    let place = spending.address.description.drop { $0 != "/" }.dropFirst()
    return (place.isEmpty ? "" : "\(place): ") + parts.joined(separator: ", ")
  }

  /// A cost without a power of ten: `0.0004`.
  static func cost(_ cost: Double) -> String { Budget.Amount.cost(cost).figure }

  /// What followed from a verdict, as JSON names it.
  static func word(_ consequence: Event.Consequence) -> String {
    switch consequence {
    case .pass: "pass"
    case .waive: "waive"
    case .rework: "rework"
    case .fail: "fail"
    }
  }
}
