import TroupePlan
import TroupeRuntime

/// One line for an event, for logs: `00:01.2  research  started (searcher)`.
struct EventText: Sendable {
  /// The failure that was told last; the steps around it fail for the same reason.
  private var told: String?

  /// The line without its end, or `nil` for an event that says nothing new to a person.
  mutating func line(for event: Event) -> String? {
    guard let words = Self.words(event.kind) else { return nil }
    switch event.kind {
    case .failed(_, let reason, pause: nil, _): told = "failed: \(reason)"
    case .closed(.failed(let reason)):
      if reason == told { return nil }
      told = reason
    default: break
    }
    let address = event.address.description
    // The workflow's name stands once, in the first line.
    let name =
      event.address.node == 0
      ? address : String(address.drop { $0 != "/" }.dropFirst())
    let text = "\(TimeText.moment(event.elapsed))  \(name)  \(words)"
    return Printable.line(text)
  }

  /// What happened in words that follow the name of a step, or `nil` for what says nothing new.
  static func words(_ kind: Event.Kind) -> String? {
    switch kind {
    case .opened, .closed(.completed), .closed(.cancelled), .stale, .judged(_, _, then: .pass),
      .considered, .expired, .exhausted, .accepted, .ended(.completed):
      return nil
    default: return news(kind)
    }
  }

  private static func news(_ kind: Event.Kind) -> String {
    switch kind {
    case .opened, .closed(.completed), .closed(.cancelled), .stale, .considered, .expired,
      .exhausted, .accepted, .ended(.completed):
      ""
    case .queued(let role): "waits for a member who plays '\(role)'"
    case .started(let attempt): "started\(detail(attempt))"
    case .askedAgain(_, let reason): "asked again: \(first(reason))"
    case .finished: "done"
    case .failed(_, let reason, let pause, _):
      "failed: \(first(reason))" + (pause.map(again) ?? "")
    case .gaveUp(_, .timedOut(let limit)):
      "gave up: took longer than \(DurationText.short(limit))"
    case .gaveUp(_, .cancelled): "cancelled"
    case .gaveUp(_, .stopped): "stopped"
    case .judged(let gate, let verdict, let then):
      "rejected by '\(gate)': \(first(verdict.reason ?? "no reason given"))\(consequence(then))"
    case .chose(let branch): branch.map { "chose '\($0)'" } ?? "chose nothing"
    case .wentRound(let round, let isDone):
      "round \(round) done" + (isDone ? ", and that is enough" : "")
    case .fannedOut(let count): "spreads over \(Count.of(count, "element"))"
    case .sufficed(let results): "\(Count.of(results, "result")) are enough"
    case .fellBack(let reason): "falls back, because it \(first(reason))"
    case .escalated(let trigger, let reason): "escalates (\(trigger.words)): \(first(reason))"
    case .reached(let rung, let what): "rung \(rung): \(what)"
    case .resolved(_, let resolution, let member):
      "\(member ?? "somebody") decides: \(first(resolution.text))"
    case .compensating: "is given up, and what it has done is undone"
    case .aborted(let reason, _): "aborts the run: \(first(reason))"
    case .closed(.failed(let reason)): String(first(reason))
    case .lingering(_, let time):
      "ignores for \(DurationText.short(time)) that it was cancelled; the run waits for it"
    case .resumed: "goes on where its journal ends"
    case .stopped(.waiting):
      "waits for nothing but people, signals and time; stopped until it is resumed"
    case .stopped: "stopped; it can be resumed"
    case .ended(.cancelled): "cancelled for good"
    case .ended(.aborted): "ended for good"
    case .cancelRequested(let person): "is to be cancelled" + (person.map { ", says \($0)" } ?? "")
    case .refused(let letter, let reason): "letter '\(letter)' was not taken: \(first(reason))"
    case .waiting(let signal, let end):
      "waits" + (signal.map { " for signal '\($0)'" } ?? "")
        + (end.map { " until \(TimeText.instant($0))" } ?? "")
    case .received(let signal, _, _): "signal '\(signal)' came"
    case .consumed: "has its signal"
    case .passed: "has waited long enough"
    case .returned: "gives its signal back, because it had lost its race"
    case .unconsumed(_, let signal): "signal '\(signal)' was taken by no wait"
    case .examined(_, .finished): "was done all the same"
    case .examined(_, .notDone): "was not done, and may start again"
    case .examined(_, .unknown): "in doubt: nobody knows whether it was done"
    case .examined(_, .aborted): "in doubt, and the run ends because of it"
    case .examined(_, .overridden): "was overridden by an operator"
    case .asked(_, let asking): "waits for \(asking.text)"
    case .answered(_, let answering): String(first(answering.text))
    case .acknowledged(let letter): "letter '\(letter)' says what had been said before"
    case .planChanged(let change): "goes on with a changed plan, which \(change.by) accepted"
    case .limitRaised(let limit): "has a larger limit now: \(limit)"
    case .forked(let run, let record): "forked from run '\(run)' at record \(record)"
    case .snapshot: "what happened before has been compacted"
    case .suspended(let member, let failures, let pause):
      "\(member) has failed \(Count.of(failures, "time")) in a row, and gets no assignments for "
        + DurationText.short(pause)
    case .reinstated(let member): "\(member) gets assignments again"
    }
  }

  private static func detail(_ attempt: Event.Attempt) -> String {
    var parts: [String] = []
    if let member = attempt.member { parts.append(member) }
    if attempt.take > 1 { parts.append("take \(attempt.take)") }
    if attempt.number > 1 { parts.append("attempt \(attempt.number)") }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private static func again(_ pause: Duration) -> String {
    // A pause with jitter has more digits than anyone wants to read.
    let tenths = Duration.milliseconds(Int64((pause / .milliseconds(100)).rounded()) * 100)
    let shown = tenths > .zero ? tenths : .milliseconds(Int64(pause / .milliseconds(1)))
    return shown > .zero ? "; again in \(DurationText.short(shown))" : "; again at once"
  }

  private static func consequence(_ consequence: Event.Consequence) -> String {
    switch consequence {
    case .pass: ""
    case .waive: "; accepted all the same"
    case .rework(let take): "; take \(take) follows"
    case .fail: ""
    }
  }

  /// The first line of a text; the whole of it comes with the error at the end.
  private static func first(_ text: String) -> Substring { text.prefix { $0 != "\n" } }
}
