import TroupePlan

/// One run of a program: walks the plan and calls the closures.
///
/// Every step is given a frame of bindings and hands back what it wrote. From the inside out, a
/// node is an attempt with its timeout, retries, failover, takes with gates and rework, fallback,
/// deadline; plain stages, which have none of these, take a short way.
final class Execution: Sendable {
  /// What a step did: what it wrote, and the number of the record that says it is done.
  struct Done: Sendable {
    let writes: Writes
    let record: Int
  }

  let id: String
  let plan: Plan
  let program: Program
  let layout: Layout
  let bodies: [Body]
  let traits: [NodeTraits]
  let log: EventLog
  let nursery = Nursery()
  let settings: Settings

  /// What a run takes from its runtime.
  struct Settings: Sendable {
    let dispatcher: Dispatcher
    let clock: any RunClock
    let chance: Chance
    let width: Int
    let grace: Duration
    /// What runs the jobs of a run, where that is not the pool of the system.
    let executor: (any TaskExecutor)?
  }

  init(_ program: Program, id: String, settings: Settings) {
    self.id = id
    self.program = program
    self.settings = settings
    plan = program.plan
    layout = program.layout
    bodies = program.bodies
    traits = program.traits
    log = EventLog(clock: settings.clock)
  }

  var clock: any RunClock { settings.clock }

  /// Runs the program to its end and waits for everything that was started.
  func run(input: any Sendable) async -> Result<any Sendable, any Error> {
    await withTaskExecutorPreference(settings.executor) { await runHere(input: input) }
  }

  private func runHere(input: any Sendable) async -> Result<any Sendable, any Error> {
    let result = Lock<Result<any Sendable, any Error>>(.failure(CancellationError()))
    await withTaskCancellationHandler {
      await withDiscardingTaskGroup { group in
        group.addTask { [self] in
          let end = await walkRoot(input: input)
          result.withLock { $0 = end }
          nursery.close()
        }
        var patience: Task<Void, any Error>?
        while let order = await nursery.next() {
          switch order {
          case .start(let job): group.addTask { await job() }
          case .cancelAll:
            group.cancelAll()
            patience = patience ?? nameLingering()
          }
        }
        if !nursery.isIdle { patience = patience ?? nameLingering() }
        await nursery.untilIdle()
        patience?.cancel()
        _ = await patience?.result
      }
    } onCancel: {
      nursery.cancelAll()
    }
    log.close()
    return result.withLock { $0 }
  }

  /// Says after a while which attempts ignore that they were given up or cancelled.
  ///
  /// In a task of its own, because this one may be cancelled and must wait all the same; it has
  /// ended before the run has.
  private func nameLingering() -> Task<Void, any Error> {
    Task(executorPreference: settings.executor) { [settings, log, traits] in
      try await settings.clock.sleep(until: settings.clock.now + settings.grace)
      for (address, attempt) in log.unended(traits) {
        log.append(.lingering(attempt, since: settings.grace), at: address)
      }
    }
  }

  private func walkRoot(input: any Sendable) async -> Result<any Sendable, any Error> {
    let frame = Frame(above: nil, slots: layout.input..<layout.input + 1)
    frame.publish(Version(value: input, record: 0), to: layout.input)
    do {
      let done = try await walk(0, in: nil, frame)
      guard let output = done.writes.version(of: layout.output) ?? frame[layout.output] else {
        return .failure(MissingArtifact(name: plan.output.name, reader: plan.workflow))
      }
      return .success(output.value)
    } catch {
      return .failure(error)
    }
  }

  /// Performs a node with all its policies.
  func walk(_ id: Int, in instance: Instance?, _ frame: Frame) async throws -> Done {
    if Task.isCancelled { throw CancellationError() }
    if traits[id].contains(.plainCode) {
      return try await plainCode([id], from: 0, in: instance, frame).done
    }
    if traits[id].contains(.plainStage) { return try await plainStage(id, in: instance, frame) }
    return try await walkWithPolicies(id, in: instance, frame)
  }

  private func walkWithPolicies(
    _ id: Int, in instance: Instance?, _ frame: Frame
  ) async throws -> Done {
    let address = address(id, in: instance)
    log.append(.opened, at: address)
    do {
      let writes = try await limited(
        by: traits[id].contains(.deadline) ? \.deadline : nil, id, in: instance, take: 1
      ) {
        [self] in try await takesOrFallback(id, in: instance, frame)
      }
      return Done(writes: writes, record: log.append(.closed(.completed), at: address))
    } catch var failure as Failure {
      failure.record = log.append(.closed(.failed(reason: failure.reason)), at: address)
      throw failure
    } catch {
      log.append(.closed(.cancelled), at: address)
      throw error
    }
  }

  func address(_ id: Int, in instance: Instance?) -> Address {
    Address(node: id, in: instance, plan: plan.nodes)
  }

  /// The values of what a node reads, in order.
  func values(_ id: Int, _ frame: Frame) throws -> Body.Values {
    try values(layout.reads(id), of: id, frame)
  }

  func values(_ slots: ArraySlice<Int32>, of id: Int, _ frame: Frame) throws -> Body.Values {
    var values: Body.Values = []
    values.reserveCapacity(slots.count)
    for slot in slots {
      guard let version = frame[Int(slot)] else { throw missing(slot: Int(slot), reader: id) }
      values.append(version.value)
    }
    return values
  }

  /// The error for an artifact that is not there although the plan was checked.
  func missing(slot: Int, reader id: Int) -> MissingArtifact {
    let reads = layout.reads(id)
    let place = reads.firstIndex(of: Int32(slot)).map { $0 - reads.startIndex } ?? 0
    let use = plan.nodes[id].reads.indices.contains(place) ? plan.nodes[id].reads[place].name : "?"
    return MissingArtifact(name: use, reader: plan.nodes[id].path.description)
  }
}

/// An artifact that a checked plan should have had: a defect of the library, never of a workflow.
struct MissingArtifact: Error, CustomStringConvertible {
  let name: String
  let reader: String

  var description: String {
    "'\(reader)' reads '\(name)', which is not there; this is a defect in Troupe, please report it"
  }
}
