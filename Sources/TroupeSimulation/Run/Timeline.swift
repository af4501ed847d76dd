import TroupePlan
import TroupeRuntime

/// Who did what when in a run, as text: one line for each attempt in the order of their starts, and
/// for each decision between them.
///
/// ```
/// 00:00:00.000 – 00:10:00.000  research     searcher  finished
/// 00:10:00.000 – 00:25:00.000  write/draft  scribe    finished
/// 00:25:00.000                 write/draft            'long enough' rejected: too short → take 2
/// ```
public struct Timeline: Sendable, Hashable, CustomStringConvertible {
  /// The lines.
  public let lines: [String]

  /// The whole text.
  public var description: String { lines.joined(separator: "\n") }

  init(_ events: [Event], workflow: String) {
    var rows: [Row] = []
    var places: [StubDesk.AttemptKey: Int] = [:]
    // Why something failed is told where it did, and not once more by each step around it.
    var told: Set<String> = []
    var waits = WaitRows()
    for event in events {
      let address = Self.short(event.address.description, workflow)
      func key(_ attempt: Event.Attempt) -> StubDesk.AttemptKey {
        StubDesk.AttemptKey(address: address, take: attempt.take, attempt: attempt.number)
      }
      func note(_ text: String) {
        rows.append(Row(start: event.elapsed, end: nil, place: address, member: "", text: text))
      }
      switch event.kind {
      case .started(let attempt):
        places[key(attempt)] = rows.count
        rows.append(
          Row(
            start: event.elapsed, end: nil, place: address, member: attempt.member ?? "",
            text: "has not ended" + Self.mark(attempt)))
      case .finished(let attempt, _), .failed(let attempt, _, _, _), .gaveUp(let attempt, _):
        guard let place = places[key(attempt)] else { continue }
        rows[place].end = event.elapsed
        rows[place].text = Self.ending(event.kind) + Self.mark(attempt)
        if let reason = Self.reason(event.kind) { told.insert(reason) }
      case .stale(let attempt, _): note("ended after that" + Self.mark(attempt))
      case .askedAgain(_, let reason): note("asked again: \(reason)")
      case .judged(let gate, let verdict, let then): note(Self.judgement(gate, verdict, then))
      case .chose(let branch): note("chose \(branch.map { "'\($0)'" } ?? "nothing")")
      case .wentRound(let round, let done): note("round \(round)\(done ? ", done" : "")")
      case .fannedOut(let count): note("\(count) \(count == 1 ? "element" : "elements")")
      case .sufficed(let results): note("\(results) are enough")
      case .fellBack(let reason): note("falls back: \(reason)")
      case .escalated(let trigger, let reason): note("escalates (\(trigger.words)): \(reason)")
      case .reached(let rung, let what): note("rung \(rung): \(what)")
      case .resolved(_, let resolution, let member):
        note("\(member ?? "somebody") decides: \(resolution.text)")
      case .compensating: note("is undone")
      case .aborted(let reason, _): note("aborts the run: \(reason)")
      case .queued(let role): note("waits for '\(role)'")
      case .closed(.failed(let reason)):
        if waits.end(event, address, because: reason, &rows) { told.insert(reason) }
        if told.insert(reason).inserted { note(reason) }
      case .closed(.cancelled): _ = waits.end(event, address, because: "cancelled", &rows)
      case .waiting, .consumed, .passed, .returned: waits.read(event, address, &rows)
      case .received(let signal, _, _): note("signal '\(signal)' came")
      case .unconsumed(_, let signal): note("signal '\(signal)' was taken by no wait")
      case .examined(let attempt, let found): note(Self.examination(found) + Self.mark(attempt))
      case .lingering(let attempt, _): note("does not heed cancellation" + Self.mark(attempt))
      case .resumed: note("goes on in another process")
      case .stopped(.asked): note("stopped, and can be resumed")
      case .stopped(.inDoubt): note("stopped, because something is in doubt")
      case .stopped(.idle): note("stopped, because nothing new happened; it can be resumed")
      case .stopped(.failure): note("stopped because of the failure, and can be resumed")
      case .stopped(.waiting): note("stopped, because it only waits")
      case .ended(.cancelled): note("cancelled for good")
      case .ended(.aborted): note("ended for good")
      case .cancelRequested(let person):
        note("is to be cancelled" + (person.map { ", says \($0)" } ?? ""))
      case .refused(let letter, let reason): note("letter '\(letter)' was not taken: \(reason)")
      case .asked(_, let asking): note("waits for \(asking.text)")
      case .answered(_, let answering): note(answering.text)
      case .acknowledged(let letter): note("letter '\(letter)' says what had been said before")
      case .planChanged: note("goes on with a changed plan")
      case .limitRaised(let limit): note("has a larger limit now: \(limit)")
      case .forked(let run, let record): note("forked from run '\(run)' at record \(record)")
      case .snapshot: note("what happened before has been compacted")
      case .suspended(let member, let failures, let pause):
        let pause = DurationText.short(pause)
        note("\(member) failed \(failures) times in a row, and gets nothing for \(pause)")
      case .reinstated(let member): note("\(member) gets assignments again")
      case .opened, .closed(.completed), .considered, .expired, .exhausted, .accepted,
        .ended(.completed):
        break
      }
    }
    lines = Self.table(rows)
  }

  struct Row {
    let start: Duration
    var end: Duration?
    let place: String
    let member: String
    var text: String
  }

  private static func table(_ rows: [Row]) -> [String] {
    let place = rows.map(\.place.count).max() ?? 0
    let member = rows.map(\.member.count).max() ?? 0
    return rows.map { row in
      let start = clock(row.start)
      let end = row.end.map { " – \(clock($0))" } ?? ""
      var columns = [
        (start + end).padded(to: 27), row.place.padded(to: place),
        row.text.split(whereSeparator: \.isNewline).joined(separator: " ⏎ "),
      ]
      if member > 0 { columns.insert(row.member.padded(to: member), at: 2) }
      return columns.joined(separator: "  ")
    }
  }

  private static func short(_ address: String, _ workflow: String) -> String {
    let prefix = Path.escape(workflow)
    guard address.hasPrefix(prefix) else { return address }
    let rest = address.dropFirst(prefix.count)
    return rest.isEmpty ? String(prefix) : rest.hasPrefix("/") ? String(rest.dropFirst()) : address
  }

  private static func mark(_ attempt: Event.Attempt) -> String {
    var marks: [String] = []
    if attempt.take > 1 { marks.append("take \(attempt.take)") }
    if attempt.number > 1 { marks.append("attempt \(attempt.number)") }
    return marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))"
  }

  private static func ending(_ kind: Event.Kind) -> String {
    switch kind {
    case .failed(_, let reason, let pause, _):
      "failed: \(reason)" + (pause.map { ", again in \(DurationText.short($0))" } ?? "")
    case .gaveUp(_, .timedOut(let limit)): "timed out after \(DurationText.short(limit))"
    case .gaveUp(_, .cancelled): "cancelled"
    default: "finished"
    }
  }

  /// What a step says of itself that fails by the end of an attempt.
  private static func reason(_ kind: Event.Kind) -> String? {
    switch kind {
    case .failed(_, let reason, _, _): "failed: \(reason)"
    case .gaveUp(_, .timedOut(let limit)): Failure.reason(of: .timedOut(limit))
    default: nil
    }
  }

  private static func judgement(
    _ gate: String, _ verdict: Verdict, _ then: Event.Consequence
  ) -> String {
    guard !verdict.isAccepted else {
      return "'\(gate)' accepted" + (verdict.reason.map { ": \($0)" } ?? "")
    }
    let consequence =
      switch then {
      case .pass: ""
      case .waive: " → accepted all the same"
      case .rework(let take): " → take \(take)"
      case .fail: " → failed"
      }
    return "'\(gate)' rejected: \(verdict.reason ?? "")\(consequence)"
  }

  private static func examination(_ found: Event.Examination) -> String {
    switch found {
    case .finished: "was done all the same"
    case .notDone: "was not done, and may start again"
    case .unknown: "in doubt: nobody knows whether it was done"
    case .aborted: "in doubt, and the run ends because of it"
    case .overridden: "was overridden by an operator"
    }
  }

  /// `00:10:00.004`, with as many hours as there are.
  private static func clock(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let fraction = String(1_000 + milliseconds).dropFirst()
    return "\(two(seconds / 3_600)):\(two(seconds % 3_600 / 60)):\(two(seconds % 60)).\(fraction)"
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
