import TroupePlan

/// What stages with compensations have done in a run, and what of it was given up.
///
/// Everything here follows from the journal, or from the events of a run that is not kept.
final class Compensations: Sendable {
  /// One piece of work: a stage's under one idempotency key.
  struct Work: Sendable {
    /// The address of the stage.
    let stage: Address
    /// The take that first used the key.
    let take: Int
    /// What those values were that the compensation reads.
    var inputs: Material
    /// The number of the record by which it began first.
    let began: Int
    /// The number of the record by which it was finished last, if it was.
    var finished: Int?
    /// What it gave, if it was finished.
    var output = Material.none
    /// Whether it was finished only after it had been given up.
    var isStale = false
    /// What is known of its attempts that gave nothing.
    var outcomes: [Event.Attempt: Outcome] = [:]
    /// Its attempts that are at work.
    var live: Set<Event.Attempt> = []

    /// Whether none of its attempts has done anything.
    var wasNotDone: Bool { !outcomes.isEmpty && outcomes.values.allSatisfy { $0 == .notDone } }
    /// Whether nobody knows what one of its attempts has done.
    var isInDoubt: Bool { outcomes.values.contains(.unknown) }
  }

  /// What an attempt has done that gave nothing.
  enum Outcome: Sendable {
    /// Nobody knows.
    case unknown
    /// It ended by an error of its own.
    case failed
    /// Nothing.
    case notDone
  }

  /// Values as they are at hand.
  enum Material: Sendable {
    case none
    case values([any Sendable])
    case payload(Payload)
  }

  /// A place of which all that had begun before a record was given up.
  struct Mark: Sendable {
    let place: String
    /// Tells several occasions at one place apart; see `Event.Kind.compensating`.
    let take: Int?
    let record: Int

    func covers(_ work: Work) -> Bool {
      covers(work.stage.description, begun: work.began)
    }

    /// Whether what began at a place with a record belongs to what was given up.
    func covers(_ address: String, begun: Int) -> Bool {
      guard begun < record else { return false }
      guard address.hasPrefix(place) else { return false }
      let rest = address.utf8.dropFirst(place.utf8.count)
      return rest.isEmpty || rest.first == UInt8(ascii: "/") || rest.first == UInt8(ascii: "~")
    }
  }

  /// How a compensation has come to its end.
  struct End: Sendable {
    /// Why it has failed for good, if it has.
    let reason: String?
  }

  struct State: Sendable {
    /// By the addresses of the compensations.
    var works: [String: Work] = [:]
    var marks: [Mark] = []
    /// Counts what has happened to the works and marks.
    var revision = 0
    /// The takes that first used the keys, by the stages and takes that have begun.
    var keyTakes: [String: Int] = [:]
    /// How compensations have come to their end, by their addresses.
    var ended: [String: End] = [:]
    /// Whether the run is being undone, so that it can do nothing else any more.
    var isEnding = false
    var isInterrupted = false
    /// Whether something is left to be undone when the run is resumed.
    var isPending = false
    var tasks: [Int: Task<Bool, Never>] = [:]
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var next = 0
  }

  let plan: Plan
  let state = Lock(State())
  /// For each node, whether there is a compensation in it.
  private let concerned: [Bool]

  /// - Returns: `nil` if the plan has no compensations.
  init?(_ plan: Plan) {
    let compensated = plan.nodes.withPolicies.filter { plan.nodes[$0].compensation != nil }
    guard !compensated.isEmpty else { return nil }
    var concerned = Array(repeating: false, count: plan.nodes.count)
    for id in compensated { concerned[id] = true }
    for node in plan.nodes.reversed() {
      node.forEachPart { if concerned[$0] { concerned[node.id] = true } }
    }
    self.plan = plan
    self.concerned = concerned
  }

  /// Whether there is a compensation in a node.
  func concerns(_ node: Int) -> Bool { concerned[node] }

  /// How a stage is undone, if it is.
  func policy(of stage: Int) -> Compensation? { plan.nodes[stage].compensation }

  /// The address of what undoes work that was finished, or else of what undoes unfinished work.
  func address(of stage: Address, take: Int, isFinished: Bool) -> Address? {
    guard let policy = policy(of: stage.node),
      let part = isFinished ? policy.finished : policy.unfinished
    else { return nil }
    let instance =
      take == 1 ? stage.instance : Instance(in: stage.instance, node: stage.node, .take(take))
    return Address(node: part, in: instance, plan: plan.nodes)
  }

  static func key(_ stage: Address, _ take: Int) -> String { "\(stage)\n\(take)" }
}

/// What happens to the work.
extension Compensations {
  /// An attempt began.
  ///
  /// - Parameter take: The take that first used its key.
  func begin(
    _ attempt: Event.Attempt, of stage: Address, take: Int, inputs: Material, record: Int
  ) {
    guard policy(of: stage.node) != nil else { return }
    let key = Self.key(stage, take)
    let own = Self.key(stage, attempt.take)
    state.withLock { state in
      state.keyTakes[own] = take
      var work =
        state.works[key] ?? Work(stage: stage, take: take, inputs: inputs, began: record)
      work.live.insert(attempt)
      work.outcomes[attempt] = .unknown
      state.works[key] = work
      state.revision += 1
    }
  }

  /// An attempt gave the stage's output, or it was found out that it had.
  func finish(
    _ attempt: Event.Attempt, of stage: Address, _ output: Material, record: Int,
    isStale: Bool = false
  ) {
    change(attempt, of: stage) { work in
      if isStale, work.finished != nil { return }
      (work.finished, work.output, work.isStale) = (record, output, isStale)
    }
  }

  /// An attempt ended and gave nothing.
  ///
  /// - Parameter error: Its own error; `nil` if it was given up.
  func end(_ attempt: Event.Attempt, of stage: Address, _ error: (any Error)? = nil) {
    change(attempt, of: stage) { work in
      guard let error else { return }
      work.outcomes[attempt] = error is NotStarted ? .notDone : .failed
    }
  }

  /// Nothing was done: people who were asked have not answered, or somebody knows it.
  func withdraw(_ attempt: Event.Attempt, of stage: Address) {
    change(attempt, of: stage) { $0.outcomes[attempt] = .notDone }
  }

  /// Somebody said what an attempt has done.
  func note(
    _ examined: AttemptHistory.Examined, of attempt: Event.Attempt, at stage: Address
  ) {
    switch examined.found {
    case .finished:
      let output = examined.output.map { Material.payload($0) } ?? .none
      finish(attempt, of: stage, output, record: examined.record)
    case .notDone: withdraw(attempt, of: stage)
    case .unknown, .aborted, .overridden: break
    }
  }

  private func change(
    _ attempt: Event.Attempt, of stage: Address, _ change: (inout Work) -> Void
  ) {
    guard policy(of: stage.node) != nil else { return }
    let own = Self.key(stage, attempt.take)
    let waiting = state.withLock { state in
      let key = Self.key(stage, state.keyTakes[own] ?? attempt.take)
      guard var work = state.works[key] else { return [CheckedContinuation<Void, Never>]() }
      change(&work)
      work.live.remove(attempt)
      state.works[key] = work
      state.revision += 1
      defer { state.waiting = [:] }
      return state.waiting.sorted { $0.key < $1.key }.map(\.value)
    }
    for continuation in waiting { continuation.resume() }
  }
}
