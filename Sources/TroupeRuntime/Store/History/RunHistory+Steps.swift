import TroupePlan

extension RunHistory {
  /// The steps that have begun, in the order in which they did; the first is the run itself.
  public var steps: [Step] {
    var steps: [Step] = []
    var places: [String: Int] = [:]
    var records = journal[...]
    for event in events {
      while let record = records.first, record.sequence < event.sequence { records.removeFirst() }
      let place = event.address.description
      // An element of a fan-out is no step.
      if case .compensating = event.kind, places[place] == nil { continue }
      let index = places[place] ?? steps.count
      if index == steps.count {
        places[place] = index
        steps.append(
          Step(address: event.address, record: event.sequence, began: event.elapsed))
      }
      let record = RecordReader(records.first?.members ?? [:])
      steps[index].apply(event, plan.nodes[event.address.node], record)
    }
    guard recall.outcome != nil else { return steps }
    // Nothing of a run that has ended is still to come.
    for index in steps.indices where steps[index].state == .open { steps[index].cancel() }
    return steps
  }
}

extension Node {
  /// Whether the node is a stage or a wait that is not opened and closed, because it has neither
  /// policies nor a fallback.
  var isPlain: Bool {
    switch kind {
    case .stage, .wait: policies.isEmpty && fallback == nil
    default: false
    }
  }
}

extension RunHistory.Step {
  /// - Parameter record: The event's record.
  fileprivate mutating func apply(_ event: Event, _ node: Node, _ record: RecordReader) {
    awaited = nil
    let isPlain = node.isPlain
    switch event.kind {
    case .accepted, .resumed:
      state = .open
      ended = nil
      if event.sequence > 1 { others.append(event) }
    case .opened: open()
    case .queued(let role):
      open()
      awaited = .member(role)
    case .waiting(let signal?, let end):
      open()
      awaited = .signal(signal, until: end)
    case .waiting(nil, let end):
      open()
      awaited = end.map { .instant($0) }
    case .asked(_, let asking):
      open()
      awaited = .answer(asking)
      if record.bool("redirected") { others.append(event) }
    case .consumed:
      others.append(event)
      if isPlain { end(.completed, event) }
    case .passed:
      others.append(event)
      if isPlain, node.awaited == nil { end(.completed, event) }
    case .started(let attempt):
      open()
      attempts.append(
        RunHistory.Attempt(attempt: attempt, record: event.sequence, began: event.elapsed))
    case .finished(let attempt, let usage):
      end(attempt, .finished, event, usage)
      if isPlain { end(.completed, event) }
    case .failed(let attempt, let reason, let pause, let usage):
      if !attempts.contains(where: { $0.attempt == attempt }) {
        attempts.append(
          RunHistory.Attempt(attempt: attempt, record: event.sequence, began: event.elapsed))
      }
      end(attempt, .failed(reason: reason, pause: pause), event, usage)
      guard isPlain, pause == nil else { break }
      end(.failed, event)
      failure = "failed: \(reason)"
    case .gaveUp(let attempt, let reason):
      end(attempt, .gaveUp(reason), event, Usage())
      if isPlain, reason == .cancelled { end(.cancelled, event) }
    case .stale(let attempt, let usage):
      if let index = index(of: attempt) { attempts[index].usage = usage }
    case .examined(_, .finished), .examined(_, .overridden):
      others.append(event)
      if isPlain { end(.completed, event) }
    case .judged(let gate, let verdict, let consequence):
      judgements.append(
        RunHistory.Judgement(
          gate: gate, take: record.integer("take"), verdict: verdict, consequence: consequence,
          record: event.sequence))
    case .closed(.completed): end(.completed, event)
    case .closed(.cancelled): end(.cancelled, event)
    case .closed(.failed(let reason)):
      end(.failed, event)
      failure = reason
    case .ended(let outcome):
      end(outcome == .completed ? .completed : .cancelled, event)
      others.append(event)
    case .considered: break
    default: others.append(event)
    }
  }

  /// Says that nothing more comes of what was open when the run ended.
  fileprivate mutating func cancel() {
    state = .cancelled
    awaited = nil
  }

  private mutating func open() {
    state = .open
    ended = nil
    failure = nil
  }

  private mutating func end(_ state: RunHistory.State, _ event: Event) {
    self.state = state
    ended = event.elapsed
  }

  private func index(of attempt: Event.Attempt) -> Int? {
    attempts.lastIndex { $0.attempt == attempt }
  }

  private mutating func end(
    _ attempt: Event.Attempt, _ end: RunHistory.Attempt.End, _ event: Event, _ usage: Usage
  ) {
    guard let index = index(of: attempt) else { return }
    attempts[index].end = end
    attempts[index].ended = event.elapsed
    attempts[index].usage = usage
  }
}
