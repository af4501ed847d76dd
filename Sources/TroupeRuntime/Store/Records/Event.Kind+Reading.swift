import TroupePlan

extension Event.Kind {
  /// What a record of a journal tells, or `nil` for a type of record that this version does not
  /// know.
  init?(_ record: RecordReader) {
    var attempt: Event.Attempt { Event.Attempt(record) }
    var usage: Usage { Usage(record) }
    switch record.string("type") {
    case "opened": self = .opened
    case "queued": self = .queued(role: record.string("role"))
    case "started": self = .started(attempt)
    case "askedAgain": self = .askedAgain(attempt, reason: record.string("reason"))
    case "finished": self = .finished(attempt, usage: usage)
    case "stale": self = .stale(attempt, usage: usage)
    case "failed":
      self = .failed(
        attempt, reason: record.string("reason"), pause: record.span("pause"), usage: usage)
    case "gaveUp": self = .gaveUp(attempt, Event.GivingUp(record))
    case "judged":
      self = .judged(
        gate: record.string("gate"), Verdict(record), then: Event.Consequence(record))
    case "chose": self = .chose(branch: record.text("branch"))
    case "wentRound": self = .wentRound(record.integer("round"), done: record.bool("done"))
    case "fannedOut": self = .fannedOut(count: record.integer("count"))
    case "sufficed": self = .sufficed(results: record.integer("results"))
    case "fellBack": self = .fellBack(reason: record.string("reason"))
    case "escalated":
      guard let trigger = Escalation.Trigger(text: record.string("on")) else { return nil }
      self = .escalated(trigger, reason: record.string("reason"))
    case "reached": self = .reached(rung: record.integer("rung"), record.string("what"))
    case "resolved":
      guard let decision = Resolution.Decision(rawValue: record.string("decision")) else {
        return nil
      }
      self = .resolved(
        rung: record.integer("rung"),
        Resolution(decision, reason: record.text("why"), value: record.json["value"]),
        by: record.text("by"))
    case "aborted": self = .aborted(reason: record.string("why"), by: record.text("by"))
    case "compensating":
      self = .compensating(
        take: record.json["take"] == nil ? nil : record.integer("take"))
    case "closed": self = .closed(Event.Ending(record))
    case "lingering": self = .lingering(attempt, since: record.duration("since"))
    case "considered":
      self = .considered(element: record.integer("element"), isEnough: record.bool("enough"))
    case "expired":
      let isDeadline = record.string("limit") == "deadline"
      self = .expired(isDeadline ? .deadline : .timeout, take: record.integer("take"))
    case "exhausted":
      guard let exhaustion = BudgetExhaustion(record.json["budget"] ?? [:]) else { return nil }
      self = .exhausted(exhaustion, rung: record.integer("rung"))
    case "accepted": self = .accepted
    case "resumed": self = .resumed(process: record.integer("process"))
    case "stopped":
      self = .stopped(Event.Stopping(rawValue: record.string("because")) ?? .asked)
    case "ended": self = .ended(Event.Outcome(rawValue: record.string("outcome")) ?? .completed)
    case "waiting": self = .waiting(signal: record.text("signal"), until: record.date("until"))
    case "received":
      self = .received(
        signal: record.string("signal"), id: record.string("id"),
        payload: record.json["payload"] ?? .null)
    case "cancelRequested": self = .cancelRequested(by: record.text("by"))
    case "refused":
      self = .refused(letter: record.string("letter"), reason: record.string("reason"))
    case "consumed": self = .consumed(signal: record.integer("signal"))
    case "returned": self = .returned(signal: record.integer("signal"))
    case "passed": self = .passed
    case "unconsumed":
      self = .unconsumed(signal: record.integer("signal"), name: record.string("name"))
    case "planChanged": self = .planChanged(PlanChange(record))
    case "limitRaised":
      guard let limit = StepLimit(record) else { return nil }
      self = .limitRaised(limit)
    case "examined":
      self = .examined(
        attempt, found: Event.Examination(rawValue: record.string("found")) ?? .unknown)
    case "asked": self = .asked(attempt, Event.Asking(record))
    case "answered":
      guard let answer = Inbox.Answer(record) else { return nil }
      self = .answered(attempt, Event.Answering(by: record.string("by"), answer: answer))
    case "acknowledged": self = .acknowledged(letter: record.string("letter"))
    case "snapshot": self = .snapshot
    case "forked":
      self = .forked(from: record.string("from"), record: record.integer("record"))
    case "suspended":
      self = .suspended(
        member: record.string("member"), failures: record.integer("failures"),
        pause: record.duration("pause"))
    case "reinstated": self = .reinstated(member: record.string("member"))
    default: return nil
    }
  }
}

extension Event.Attempt {
  fileprivate init(_ record: RecordReader) {
    self.init(
      take: record.integer("take"), number: record.integer("attempt"),
      member: record.text("member"))
  }
}

extension Event.GivingUp {
  fileprivate init(_ record: RecordReader) {
    switch record.string("because") {
    case "timedOut": self = .timedOut(record.duration("limit"))
    case "stopped": self = .stopped
    default: self = .cancelled
    }
  }
}

extension Event.Consequence {
  fileprivate init(_ record: RecordReader) {
    switch record.string("then") {
    case "pass": self = .pass
    case "waive": self = .waive
    case "rework": self = .rework(take: record.integer("nextTake"))
    default: self = .fail
    }
  }
}

extension Event.Ending {
  fileprivate init(_ record: RecordReader) {
    switch record.string("ending") {
    case "completed": self = .completed
    case "failed": self = .failed(reason: record.string("reason"))
    default: self = .cancelled
    }
  }
}

extension Verdict {
  fileprivate init(_ record: RecordReader) {
    let isAccepted = record.string("verdict") == "accepted"
    let reason = record.text("reason")
    self =
      isAccepted ? reason.map { .accepted(despite: $0) } ?? .accepted : .rejected(reason ?? "")
  }
}

extension Usage {
  init(_ record: RecordReader) {
    let counts = RecordReader(record.json["usage"] ?? [:])
    self.init(
      inputTokens: counts.integer("inputTokens"), outputTokens: counts.integer("outputTokens"),
      cost: counts.number("cost"))
  }
}
