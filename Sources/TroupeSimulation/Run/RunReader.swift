import TroupePlan
import TroupeRuntime

/// Reads what became of each stage out of a run's events.
struct RunReader {
  private(set) var attempts: [Int: [SimulatedStage.Attempt]] = [:]
  private(set) var judgements: [Int: [SimulatedStage.Judgement]] = [:]
  private var places: [StubDesk.AttemptKey: (node: Int, index: Int)] = [:]

  init(_ events: [Event], _ desk: StubDesk, until end: Duration) {
    let (inputs, outputs) = (desk.inputs, desk.outputs)
    for event in events { read(event, until: end) }
    for (node, list) in attempts {
      attempts[node] = list.map { attempt in
        var attempt = attempt
        let key = StubDesk.AttemptKey(
          address: attempt.address, take: attempt.take, attempt: attempt.number)
        attempt.output = outputs[key]
        attempt.answeredLate = attempt.answeredLate && attempt.output != nil
        attempt.inputs =
          inputs[StubDesk.TakeKey(address: attempt.address, take: attempt.take)] ?? []
        return attempt
      }
    }
  }

  private mutating func read(_ event: Event, until end: Duration) {
    let node = event.address.node
    switch event.kind {
    case .started(let attempt):
      let address = event.address.description
      let key = StubDesk.AttemptKey(
        address: address, take: attempt.take, attempt: attempt.number)
      places[key] = (node, attempts[node, default: []].count)
      attempts[node, default: []].append(
        SimulatedStage.Attempt(
          address: address, take: attempt.take, number: attempt.number, member: attempt.member,
          start: event.elapsed, end: end))
    case .finished(let attempt, let usage):
      change(attempt, event) {
        ($0.end, $0.ending, $0.usage) = (event.elapsed, .finished, usage)
      }
    case .failed(let attempt, let reason, _, let usage):
      change(attempt, event) {
        ($0.end, $0.ending, $0.usage) = (event.elapsed, .failed(reason: reason), usage)
      }
    case .gaveUp(let attempt, let reason):
      change(attempt, event) {
        $0.end = event.elapsed
        switch reason {
        case .timedOut(let limit): $0.ending = .timedOut(limit)
        case .cancelled, .stopped: $0.ending = .cancelled
        }
      }
    case .stale(let attempt, let usage):
      change(attempt, event) { ($0.answeredLate, $0.usage) = (true, usage) }
    case .judged(let gate, let verdict, let then):
      judgements[node, default: []].append(
        SimulatedStage.Judgement(
          gate: gate, address: event.address.description, verdict: verdict, consequence: then))
    default: break
    }
  }

  private mutating func change(
    _ attempt: Event.Attempt, _ event: Event, _ change: (inout SimulatedStage.Attempt) -> Void
  ) {
    let key = StubDesk.AttemptKey(
      address: event.address.description, take: attempt.take, attempt: attempt.number)
    guard let place = places[key] else { return }
    change(&attempts[place.node, default: []][place.index])
  }
}

extension SimulatedRun {
  init(
    seed: Seed, program: Program, result: Result<any Sendable, any Error>, events: [Event],
    desk: StubDesk
  ) {
    // A process that ends has no last event.
    elapsed = desk.crash == nil ? events.last?.elapsed ?? .zero : desk.clock.now
    let reader = RunReader(events, desk, until: elapsed)
    let timeline = Timeline(events, workflow: program.plan.workflow)
    self.seed = seed
    self.events = events
    self.timeline = timeline
    self.result = result.flatMap { value in
      (value as? Output).map { .success($0) }
        ?? .failure(TypeMismatch(expected: "\(Output.self)", found: value))
    }
    plan = program.plan
    asked = desk.asked
    unusedStubs = desk.unusedStubs
    stages = program.plan.nodes.filter { $0.kind == .stage }.map { node in
      SimulatedStage(
        path: node.path, role: node.role, attempts: reader.attempts[node.id] ?? [],
        judgements: reader.judgements[node.id] ?? [], timeline: timeline)
    }
  }
}
