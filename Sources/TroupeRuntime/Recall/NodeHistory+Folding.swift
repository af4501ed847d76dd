import TroupePlan

extension NodeHistory {
  /// Takes in a record that tells of this instance.
  mutating func fold(_ kind: Event.Kind, _ record: JournalRecord) {
    let reader = RecordReader(record.members)
    isGivenUp = false
    switch kind {
    case .opened:
      opened = (record.sequence, reader.date("due"))
      timeOpened = timeOpened ?? reader.ran
    case .started(let attempt): start(attempt, record)
    case .finished(let attempt, let usage):
      settle(attempt, usage, record)
      end(attempt, .finished(Payload("output", of: record.members), usage: usage), record)
    case .failed(let attempt, _, let pause, let usage):
      let cause = Failure.Cause(json: record.members["cause"] ?? .null)
      if !attempts.contains(where: { $0.attempt == attempt }) { start(attempt, record) }
      settle(attempt, usage, record)
      end(
        attempt, .failed(cause, pause: pause, at: record.at, isLast: reader.bool("last")), record)
      if reader.bool("notStarted"), let index = attempts.lastIndex(where: { $0.attempt == attempt })
      {
        attempts[index].wasNotStarted = true
      }
    case .gaveUp(let attempt, let reason): end(attempt, .gaveUp(reason), record)
    case .stale(let attempt, let usage):
      settle(attempt, usage, record)
      if let index = attempts.lastIndex(where: { $0.attempt == attempt }) {
        attempts[index].isStale = true
        let output = Payload("output", of: record.members)
        if output != nil || reader.bool("done") {
          attempts[index].stale = (record.sequence, output)
        }
      }
    case .judged(let gate, let verdict, let consequence):
      verdicts.append(
        Judged(
          take: reader.integer("take"), gate: gate, verdict: verdict, consequence: consequence,
          by: reader.text("by"),
          override: reader.bool("override")
            ? Overriding(by: reader.string("by"), why: reader.string("why")) : nil))
    case .chose(let branch): choice = .some(branch)
    case .wentRound(_, let isDone): rounds.append(isDone)
    case .fannedOut(let count): self.count = count
    case .considered(let element, let isEnough):
      considered.append(Considered(element: element, isEnough: isEnough))
    case .fellBack(let reason):
      let failure = record.members["failure"] ?? ["type": "error", "text": .string(reason)]
      fellBack = (record.sequence, failure)
    case .escalated(let trigger, _): ladder = LadderHistory(trigger, record)
    case .reached(let rung, _):
      ladder?.reached[rung] = record.sequence
      ladder?.renew(by: record)
    case .resolved(let rung, let resolution, let member):
      ladder?.resolved[rung] = record.sequence
      ladder?.renew(by: record)
      if resolution.decision == .supply, let member {
        ladder?.supplied.append((member, reader.integer("take")))
      }
    case .expired(.timeout, let take): timedOut.insert(take)
    case .expired(.deadline, _): isOverdue = true
    case .exhausted(let exhaustion, let rung): exhausted[rung] = exhaustion
    case .waiting(let signal, let until):
      wait = WaitHistory(opened: record.sequence, signal: signal, until: until)
    case .consumed(let signal):
      wait?.consumed = signal
      wait?.ended = record.sequence
    case .returned:
      wait?.consumed = nil
      wait?.ended = nil
    case .passed:
      if wait?.signal == nil {
        wait?.ended = record.sequence
      } else {
        wait?.missed = record.sequence
      }
    case .asked(let attempt, let asking): ask(attempt, asking, record)
    case .answered(let attempt, let answering):
      if let index = requests.lastIndex(where: { $0.attempt == attempt }) {
        requests[index].answering = answering
      }
    case .examined(let attempt, let found):
      guard let index = attempts.lastIndex(where: { $0.attempt == attempt }) else { break }
      attempts[index].examined = AttemptHistory.Examined(
        record: record.sequence, found: found, output: Payload("output", of: record.members),
        by: found == .overridden ? reader.text("by") : nil)
    case .closed(let ending):
      closed = (record.sequence, ending)
      time = time(at: reader.ran ?? timeOpened ?? .zero)
      timeOpened = nil
      failure = record.members["failure"]
    default: break
    }
  }

  /// Whether something of it failed or was cancelled.
  var needsPardon: Bool {
    if let closed { return closed.ending != .completed }
    if case .finished? = attempts.last?.end, opened == nil { return false }
    return true
  }

  /// Forgets that it failed or was cancelled, so that it is done again.
  mutating func pardon() {
    if let closed {
      guard closed.ending != .completed else { return }
      self.closed = nil
      failure = nil
      opened = nil
    }
    if wait?.missed != nil { wait = nil }
    timedOut = []
    isOverdue = false
    exhausted = [:]
    for index in attempts.indices { attempts[index].isPardoned = true }
    for index in verdicts.indices where verdicts[index].consequence == .fail {
      verdicts[index].isPardoned = true
    }
  }

  private mutating func start(_ attempt: Event.Attempt, _ record: JournalRecord) {
    attempts.append(
      AttemptHistory(
        attempt: attempt, started: record.sequence, reads: record.members["reads"],
        key: RecordReader(record.members).text("key"),
        keyTake: record.members["keyTake"].flatMap { json in
          if case .integer(let take) = json { take } else { nil }
        }, inputs: Payload("inputs", of: record.members),
        asks: RecordReader(record.members).bool("asks"),
        charge: Charge(record.members["reserved"]) + Charge(attempts: 1)))
    if let prompt = Payload("prompt", of: record.members) { prompts[attempt.take] = prompt }
  }

  /// Takes in what an attempt has used up.
  private mutating func settle(
    _ attempt: Event.Attempt, _ usage: Usage, _ record: JournalRecord
  ) {
    guard let index = attempts.lastIndex(where: { $0.attempt == attempt }) else { return }
    let isKnown = !RecordReader(record.members).bool("unreported")
    let used = Charge(usage)
    attempts[index].charge = isKnown ? used : .larger(attempts[index].charge, used)
    attempts[index].isSettled = isKnown
  }

  private mutating func end(
    _ attempt: Event.Attempt, _ end: AttemptHistory.End, _ record: JournalRecord
  ) {
    guard let index = attempts.lastIndex(where: { $0.attempt == attempt }) else { return }
    attempts[index].end = end
    attempts[index].ended = record.sequence
  }
}
