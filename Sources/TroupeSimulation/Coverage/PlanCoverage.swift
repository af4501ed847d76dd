public import TroupePlan
public import TroupeRuntime

/// Which of the things that can happen in a plan have happened in some runs of it.
///
/// ```swift
/// var coverage = PlanCoverage(of: run.plan)
/// for seed in Simulation.seeds(200) {
///   coverage.add(try await simulation.run(brief, seed: seed).events)
/// }
/// #expect(coverage.fraction > 0.9, "\(coverage)")
/// ```
public struct PlanCoverage: Sendable {
  /// Something that can happen at a node of a plan.
  public struct Point: Sendable, Hashable {
    /// What it is that can happen.
    public enum Occurrence: Sendable, Hashable {
      /// A stage runs.
      case runs
      /// A stage is tried again after a failure.
      case isRetried
      /// An attempt of a stage, or a take of a container, takes longer than its timeout.
      case timesOut
      /// A step is not done by its deadline.
      case missesDeadline
      /// A gate accepts.
      case accepts(gate: String)
      /// A gate rejects.
      case rejects(gate: String)
      /// A choice takes a branch.
      case chooses(branch: String)
      /// A choice finds no branch to take, and goes on without.
      case choosesNothing
      /// A loop goes round a second time.
      case goesRoundAgain
      /// A fan-out has enough before all its elements have ended.
      case endsEarly
      /// A fallback is needed.
      case fallsBack
      /// A signal does not come in the time that a wait has.
      case missesSignal
      /// A ladder comes to the rung of this number, counted from 1 over all rules of the step.
      case reaches(rung: Int)
      /// Nobody knows whether the work of a stage was done.
      case isInDoubt
    }

    /// The node.
    public let node: Int
    /// What can happen at it.
    public let occurrence: Occurrence
  }

  /// The plan.
  public let plan: Plan
  /// All that can happen, in the order of the plan.
  public let points: [Point]
  /// The number of runs that were added.
  public private(set) var runs = 0

  private var counts: [Point: Int] = [:]

  /// Begins with nothing covered.
  public init(of plan: Plan) {
    self.plan = plan
    points = plan.nodes.flatMap { node in
      Self.occurrences(at: node, in: plan).map { Point(node: node.id, occurrence: $0) }
    }
  }

  /// Adds what happened in a run of the plan.
  public mutating func add(_ events: [Event]) {
    runs += 1
    // Where each reason was told first: steps around that one only hand it on.
    var origins: [String: Path] = [:]
    for event in events {
      guard plan.nodes.indices.contains(event.address.node) else { continue }
      let node = plan.nodes[event.address.node]
      var isOrigin = true
      if let reason = event.kind.reasonOfFailure {
        isOrigin = origins[reason].map { !$0.isInside(node.path) } ?? true
        origins[reason] = node.path
      }
      for occurrence in Self.occurrences(in: event, at: node)
      where isOrigin || !occurrence.isLimit {
        counts[Point(node: event.address.node, occurrence: occurrence), default: 0] += 1
      }
    }
  }

  /// How often something happened in all runs together.
  public func count(of point: Point) -> Int { counts[point] ?? 0 }

  /// What can happen and never did, in the order of the plan.
  public var missing: [Point] { points.filter { count(of: $0) == 0 } }

  /// The part of what can happen that did, from 0 to 1; 1 where nothing can.
  public var fraction: Double {
    points.isEmpty ? 1 : Double(points.count - missing.count) / Double(points.count)
  }
}

extension PlanCoverage {
  /// All that can happen at a node.
  private static func occurrences(at node: Node, in plan: Plan) -> [Point.Occurrence] {
    var occurrences: [Point.Occurrence] = []
    let policies = node.policies
    switch node.kind {
    case .stage: occurrences.append(.runs)
    case .wait(.signal(let signal)):
      occurrences += signal.within == nil ? [.runs] : [.runs, .missesSignal]
    case .wait: occurrences.append(.runs)
    case .choose(let choice):
      occurrences += node.children.map { .chooses(branch: plan.nodes[$0].name) }
      if choice.unmatched == .skip { occurrences.append(.choosesNothing) }
    case .repeat(let repetition) where repetition.limit > 1: occurrences.append(.goesRoundAgain)
    case .fanOut(let spread) where spread.endsEarly: occurrences.append(.endsEarly)
    default: break
    }
    if let retry = policies.retry, retry.attempts > 1 { occurrences.append(.isRetried) }
    if policies.timeout != nil { occurrences.append(.timesOut) }
    if policies.occurrence != .atLeastOnce { occurrences.append(.isInDoubt) }
    for gate in policies.gates {
      occurrences += [.accepts(gate: gate.name), .rejects(gate: gate.name)]
    }
    if policies.deadline != nil { occurrences.append(.missesDeadline) }
    if node.fallback != nil { occurrences.append(.fallsBack) }
    occurrences += (policies.escalation?.rungs ?? []).map { .reaches(rung: $0.number) }
    return occurrences
  }

  /// What an event says that happened.
  private static func occurrences(in event: Event, at node: Node) -> [Point.Occurrence] {
    switch event.kind {
    case .started(let attempt): attempt.number > 1 ? [.runs, .isRetried] : [.runs]
    case .waiting: [.runs]
    case .passed: [.missesSignal]
    case .examined(_, .unknown): [.isInDoubt]
    case .gaveUp(_, .timedOut): [.timesOut]
    case .judged(let gate, let verdict, _):
      [verdict.isAccepted ? .accepts(gate: gate) : .rejects(gate: gate)]
    case .chose(let branch?): [.chooses(branch: branch)]
    case .chose(nil): [.choosesNothing]
    case .wentRound(let round, _) where round > 1: [.goesRoundAgain]
    case .sufficed: [.endsEarly]
    case .reached(let rung, _): [.reaches(rung: rung)]
    case .fellBack(let reason): [.fallsBack] + limits(of: node, in: reason)
    case .closed(.failed(let reason)): limits(of: node, in: reason)
    default: []
    }
  }

  /// The limit of a node that a failure's reason names.
  private static func limits(of node: Node, in reason: String) -> [Point.Occurrence] {
    var occurrences: [Point.Occurrence] = []
    if let limit = node.policies.timeout, node.kind != .stage,
      reason == Failure.reason(of: .timedOut(limit))
    {
      occurrences.append(.timesOut)
    }
    if let limit = node.policies.deadline, reason == Failure.reason(of: .deadlinePassed(limit)) {
      occurrences.append(.missesDeadline)
    }
    return occurrences
  }
}

extension PlanCoverage.Point.Occurrence {
  fileprivate var isLimit: Bool { self == .timesOut || self == .missesDeadline }
}

extension Event.Kind {
  /// Why a step failed or an attempt was given up, as a step says it.
  fileprivate var reasonOfFailure: String? {
    switch self {
    case .gaveUp(_, .timedOut(let limit)): Failure.reason(of: .timedOut(limit))
    case .fellBack(let reason), .closed(.failed(let reason)): reason
    default: nil
    }
  }
}

extension Path {
  fileprivate func isInside(_ other: Path) -> Bool {
    description.hasPrefix("\(other.description)/")
  }
}
