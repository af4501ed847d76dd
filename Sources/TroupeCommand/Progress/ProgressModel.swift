package import TroupePlan
package import TroupeRuntime

/// What a run has come to, gathered from its events: all that a picture of its progress needs.
package struct ProgressModel: Sendable {
  /// The plan that is run.
  let plan: Plan
  /// The steps as they are shown.
  let rows: [ProgressRow]
  /// How far each node is, by its identity; what is inside a fan-out is counted there.
  private(set) var steps: [StepProgress]
  /// How far each fan-out is, by its node.
  private(set) var fanOuts: [Int: FanOutProgress] = [:]
  /// The stages that gave their output, elements and rounds counted each.
  private(set) var stages = 0
  /// The attempts beyond the first of their take.
  private(set) var retries = 0
  /// The takes beyond the first.
  private(set) var reworks = 0
  /// That the run has been asked to stop, and what a person can still do; `nil` until it is.
  private(set) var stopText: String?

  private let rowOfNode: [Int: Int]

  package init(plan: Plan) {
    self.plan = plan
    rows = ProgressRow.of(plan)
    steps = Array(repeating: StepProgress(), count: plan.nodes.count)
    rowOfNode = Dictionary(
      rows.enumerated().map { ($0.element.node, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Takes in that a signal has asked the run to stop.
  ///
  /// - Parameter grace: How long what is at work may take to come to its end; `nil` if it is
  ///   cancelled.
  package mutating func stop(after signal: Console.Signal, grace: Duration? = nil) {
    let stopping = Self.stopping(grace)
    stopText =
      switch signal {
      case .interrupt: "\(stopping); Ctrl-C once more leaves at once"
      case .terminate: "\(stopping); Ctrl-C leaves at once"
      // There is no terminal any more on which anyone could press it.
      case .hangUp, .resize: stopping
      }
  }

  /// `stopping within 10 s`
  static func stopping(_ grace: Duration?) -> String {
    guard let grace, grace > .zero else { return "stopping" }
    return "stopping within \(TimeText.running(grace))"
  }

  /// Takes in what happened.
  package mutating func apply(_ event: Event) {
    count(event.kind)
    var outermost: Instance?
    var innermost = event.address.instance
    while let instance = innermost {
      if case .item = instance.selector { outermost = instance }
      innermost = instance.parent
    }
    if let outermost, case .item(let element) = outermost.selector {
      apply(event, to: element, of: outermost.node)
    } else {
      apply(event, to: event.address.node)
    }
  }

  /// Begins anew with what is known of events that are forgotten.
  package mutating func begin(with past: KnownPast) {
    var model = ProgressModel(plan: plan)
    for event in past.events { model.apply(event) }
    for (fanOut, elements) in past.elements { model.fanOuts[fanOut]?.finish(elements) }
    (steps, fanOuts) = (model.steps, model.fanOuts)
    // What was counted before may not be among it.
    stages = max(stages, model.stages)
    retries = max(retries, model.retries)
    reworks = max(reworks, model.reworks)
  }

  private mutating func count(_ kind: Event.Kind) {
    switch kind {
    case .started(let attempt) where attempt.number > 1: retries += 1
    case .finished: stages += 1
    case .judged(_, _, then: .rework): reworks += 1
    default: break
    }
  }

  private mutating func apply(_ event: Event, to element: Int, of fanOut: Int) {
    let node = plan.nodes[event.address.node]
    let isOwn = plan.nodes[fanOut].children.contains(node.id)
    let isLast = plan.nodes[fanOut].children.last == node.id
    var progress = fanOuts[fanOut] ?? FanOutProgress()
    switch event.kind {
    case .opened, .queued, .started, .waiting: progress.begin(element)
    case .closed(.completed) where isLast: progress.finish(element)
    case .finished where isLast && node.isPlainStage: progress.finish(element)
    case .consumed, .passed:
      if isLast, node.isPlainWait, node.isOver(by: event.kind) { progress.finish(element) }
    case .closed(.failed) where isOwn: progress.fail(element)
    case .failed(_, _, pause: nil, _) where isOwn && node.isPlainStage: progress.fail(element)
    case .closed(.cancelled) where isOwn: progress.cancel(element)
    case .gaveUp(_, .cancelled) where isOwn && node.isPlainStage: progress.cancel(element)
    default: break
    }
    fanOuts[fanOut] = progress
  }

  private mutating func apply(_ event: Event, to id: Int) {
    let node = plan.nodes[id]
    var step = steps[id]
    switch event.kind {
    case .fannedOut(let count): fanOuts[id] = FanOutProgress(count: count)
    case .chose(let branch): skipBranches(of: node, except: branch)
    case .wentRound(let round, done: false) where round < node.rounds: forgetInside(id)
    case .judged(_, _, then: .rework): forgetInside(id)
    case .closed(.completed): skipWaiting(inside: id, at: event.elapsed)
    case .resumed: forgetUnended()
    default: break
    }
    step.apply(event.kind, at: event.elapsed, of: node)
    steps[id] = step
  }

  /// The rows inside a node.
  private func inside(_ id: Int) -> ArraySlice<ProgressRow> {
    guard id != 0 else { return rows[...] }
    guard let row = rowOfNode[id] else { return [] }
    return rows[(row + 1)..<rows[row].end]
  }

  /// Forgets what came to no good end when another process goes on with the run: it is done again.
  /// What had begun and not ended goes on, and of most of that nobody is told that it does. What is
  /// inside of a step that is done stays as it is.
  private mutating func forgetUnended() {
    var row = 0
    while row < rows.count {
      let node = rows[row].node
      switch steps[node].state {
      case .done: row = rows[row].end
      case .waiting, .skipped: row += 1
      case .queued, .running, .retrying:
        steps[node].state = .running
        fanOuts[node]?.resume()
        row += 1
      // What went on although it was cancelled has ended with its process.
      case .failed, .cancelled, .lingering:
        steps[node].reset()
        fanOuts[node]?.resume()
        row += 1
      }
    }
  }

  private mutating func forgetInside(_ id: Int) {
    for row in inside(id) {
      steps[row.node].reset()
      fanOuts[row.node] = nil
    }
  }

  private mutating func skipBranches(of node: Node, except taken: String?) {
    for child in node.children where plan.nodes[child].name != taken {
      steps[child].state = .skipped
      for row in inside(child) { steps[row.node].state = .skipped }
    }
  }

  private mutating func skipWaiting(inside id: Int, at time: Duration) {
    for row in inside(id) where steps[row.node].state == .waiting {
      steps[row.node].state = .skipped
    }
  }
}
