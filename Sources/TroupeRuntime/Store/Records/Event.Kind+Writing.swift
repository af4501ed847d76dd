import TroupePlan

/// Events as records of a journal.
extension Event.Kind {
  /// The members of the record, without those that every record has.
  ///
  /// - Parameters:
  ///   - more: Members that belong to the record and not to the event: outputs, reads …
  ///   - ran: The time during which processes have worked on the run so far, where that matters.
  func record(at address: Address, more: [UInt8], ran: Duration? = nil) -> [UInt8] {
    var writer = RecordWriter(type: name)
    writer.add("address", address.description)
    write(to: &writer)
    writer.add(members: more)
    if let ran { writer.add("ran", ran.microseconds) }
    return writer.bytes
  }

  /// The record's type.
  var name: String {
    switch self {
    case .opened: "opened"
    case .queued: "queued"
    case .started: "started"
    case .askedAgain: "askedAgain"
    case .finished: "finished"
    case .failed: "failed"
    case .gaveUp: "gaveUp"
    case .stale: "stale"
    case .judged: "judged"
    case .chose: "chose"
    case .wentRound: "wentRound"
    case .fannedOut: "fannedOut"
    case .sufficed: "sufficed"
    case .fellBack: "fellBack"
    case .escalated: "escalated"
    case .reached: "reached"
    case .resolved: "resolved"
    case .aborted: "aborted"
    case .compensating: "compensating"
    case .closed: "closed"
    case .lingering: "lingering"
    case .considered: "considered"
    case .expired: "expired"
    case .exhausted: "exhausted"
    case .accepted: "accepted"
    case .resumed: "resumed"
    case .stopped: "stopped"
    case .ended: "ended"
    case .waiting: "waiting"
    case .received: "received"
    case .cancelRequested: "cancelRequested"
    case .refused: "refused"
    case .consumed: "consumed"
    case .passed: "passed"
    case .returned: "returned"
    case .unconsumed: "unconsumed"
    case .examined: "examined"
    case .planChanged: "planChanged"
    case .limitRaised: "limitRaised"
    case .snapshot: "snapshot"
    case .forked: "forked"
    case .suspended: "suspended"
    case .reinstated: "reinstated"
    case .asked: "asked"
    case .answered: "answered"
    case .acknowledged: "acknowledged"
    }
  }

  private func write(to writer: inout RecordWriter) {
    switch self {
    case .opened, .accepted, .passed, .snapshot: break
    case .queued(let role): writer.add("role", role)
    case .started(let attempt): writer.add(attempt)
    case .askedAgain(let attempt, let reason):
      writer.add(attempt)
      writer.add("reason", reason)
    case .finished(let attempt, let usage), .stale(let attempt, let usage):
      writer.add(attempt)
      writer.add(usage)
    case .failed(let attempt, let reason, let pause, let usage):
      writer.add(attempt)
      writer.add("reason", reason)
      writer.add("pause", pause)
      writer.add(usage)
    case .gaveUp(let attempt, let reason):
      writer.add(attempt)
      switch reason {
      case .timedOut(let limit):
        writer.add("because", "timedOut")
        writer.add("limit", limit)
      case .cancelled: writer.add("because", "cancelled")
      case .stopped: writer.add("because", "stopped")
      }
    case .judged(let gate, let verdict, let consequence):
      writer.add("gate", gate)
      writer.add("verdict", verdict.isAccepted ? "accepted" : "rejected")
      writer.add("reason", verdict.reason)
      writer.add("then", consequence.name)
      if case .rework(let take) = consequence { writer.add("nextTake", take) }
    case .chose(let branch): writer.add("branch", branch)
    case .wentRound(let round, let isDone):
      writer.add("round", round)
      writer.add("done", isDone)
    case .fannedOut(let count): writer.add("count", count)
    case .sufficed(let results): writer.add("results", results)
    case .fellBack(let reason): writer.add("reason", reason)
    case .escalated(let trigger, let reason):
      writer.add("on", trigger.text)
      writer.add("reason", reason)
    case .reached(let rung, let what):
      writer.add("rung", rung)
      writer.add("what", what)
    case .resolved(let rung, let resolution, let member):
      writer.add("rung", rung)
      writer.add("decision", resolution.decision.rawValue)
      writer.add("why", resolution.reason)
      writer.add("by", member)
    case .aborted(let reason, let member):
      writer.add("why", reason)
      writer.add("by", member)
    case .compensating(let take): if let take { writer.add("take", take) }
    case .closed(let ending):
      switch ending {
      case .completed: writer.add("ending", "completed")
      case .failed(let reason):
        writer.add("ending", "failed")
        writer.add("reason", reason)
      case .cancelled: writer.add("ending", "cancelled")
      }
    case .lingering(let attempt, let since):
      writer.add(attempt)
      writer.add("since", since)
    case .considered(let element, let isEnough):
      writer.add("element", element)
      writer.add("enough", isEnough)
    case .expired(let limit, let take):
      writer.add("limit", limit == .deadline ? "deadline" : "timeout")
      writer.add("take", take)
    case .exhausted(let exhaustion, let rung):
      writer.add("budget", json: exhaustion.json)
      if rung > 0 { writer.add("rung", rung) }
    case .resumed(let process): writer.add("process", process)
    case .stopped(let reason): writer.add("because", reason.rawValue)
    case .ended(let outcome): writer.add("outcome", outcome.rawValue)
    case .waiting(let signal, let until):
      writer.add("signal", signal)
      writer.add("until", until)
    case .received(let signal, let id, let payload):
      writer.add("signal", signal)
      writer.add("id", id)
      writer.add("payload", json: payload)
    case .cancelRequested(let person): writer.add("by", person)
    case .refused(let letter, let reason):
      writer.add("letter", letter)
      writer.add("reason", reason)
    case .consumed(let signal), .returned(let signal): writer.add("signal", signal)
    case .unconsumed(let signal, let name):
      writer.add("signal", signal)
      writer.add("name", name)
    case .planChanged(let change): change.write(to: &writer)
    case .limitRaised(let limit): limit.write(to: &writer)
    case .forked(let run, let record):
      writer.add("from", run)
      writer.add("record", record)
    case .suspended(let member, let failures, let pause):
      writer.add("member", member)
      writer.add("failures", failures)
      writer.add("pause", pause)
    case .reinstated(let member): writer.add("member", member)
    case .asked(let attempt, let asking):
      writer.add(attempt)
      asking.write(to: &writer)
    case .answered(let attempt, let answering):
      writer.add(attempt)
      writer.add("by", answering.by)
      answering.answer.write(to: &writer)
    case .acknowledged(let letter): writer.add("letter", letter)
    case .examined(let attempt, let found):
      writer.add(attempt)
      writer.add("found", found.rawValue)
    }
  }
}

extension Event.Consequence {
  var name: String {
    switch self {
    case .pass: "pass"
    case .waive: "waive"
    case .rework: "rework"
    case .fail: "fail"
    }
  }
}

extension Usage {
  /// What was used up, as journals and snapshots hold it: what is nothing is left out.
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    if inputTokens != 0 { members["inputTokens"] = .integer(RecordNumbers.clamped(inputTokens)) }
    if outputTokens != 0 { members["outputTokens"] = .integer(RecordNumbers.clamped(outputTokens)) }
    if cost != 0 { members["cost"] = .number(cost) }
    return .object(members)
  }
}

extension RecordWriter {
  mutating func add(_ attempt: Event.Attempt) {
    add("take", attempt.take)
    add("attempt", attempt.number)
    add("member", attempt.member)
  }

  mutating func add(_ usage: Usage) {
    let counts = [("inputTokens", usage.inputTokens), ("outputTokens", usage.outputTokens)]
    if usage.cost == 0 {
      add("usage", numbers: counts.filter { $0.1 != 0 })
    } else {
      add("usage", json: usage.json)
    }
  }
}
