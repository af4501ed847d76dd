import TroupePlan
import TroupeRuntime

/// One process that begins a run or goes on with it, on a machine of its own over a disk.
struct CrashWorld: Sendable {
  let program: Program
  let table: StubTable
  let team: Team?
  let patience: Duration
  let input: any Sendable

  /// What a process did and left.
  struct End: Sendable {
    let outcome: CrashOutcome
    /// Why the run says nothing about the workflow, if it does not.
    let problem: SimulationError.Problem?
    let witness: CrashWitness
    let disk: SimulatedDisk
    let events: [Event]
  }

  /// Lets a process run to its end.
  ///
  /// - Parameters:
  ///   - disk: What it finds.
  ///   - clock: How far the wall clock is from where simulations begin.
  ///   - elapsed: How long the processes before it took.
  ///   - seed: Decides the order, how long everything takes, and which member is free first.
  ///   - failedSync: The sync of a file that fails, counted from 1.
  func run(
    on disk: SimulatedDisk = SimulatedDisk(), clock: Duration = .zero,
    elapsed: Duration = .zero, seed: Seed, witness: CrashWitness, failedSync: Int? = nil
  ) async throws -> End {
    let time = VirtualTime(seed: seed.derived(for: 1), patience: patience)
    time.clock.moveWallClock(by: clock)
    let desk = StubDesk(
      program, table, seed: seed, time: time, allowsOutsideWork: false, witness: witness)
    let faults = failedSync.map { FileFault(.sync, number: $0, failsFor: .damagedDevice) }
    let files = SimulatedFiles(
      disk, time: time, seed: seed.derived(for: 4), faults: [faults].compactMap(\.self)
    ) { point in
      witness.pass(point.moment)
    }
    witness.watch(files, time.clock)
    defer { witness.leave() }
    let runtime = Runtime(
      team: shuffled(desk.team(from: team), seed: seed.derived(for: 5)),
      store: Store(files: files, root: CrashJournal.root), clock: time.clock,
      randomness: SeededGenerator(seed: seed.derived(for: 2)), executor: time.executor)
    let start = try desk.passed(input, as: program.input, what: "the input").value
    let watched = witness.watched(desk.rehearsed(program))
    let state = Lock<RunState?>(nil)
    var waits: [String] = []
    let (result, course) = await time.run(onStuck: {
      let report = state.withLock { $0 }.map { StuckReport($0.events.log, program, team: team) }
      waits = (report?.lines ?? []) + desk.refusals
    }) {
      await Result.catching { () async throws -> any Sendable in
        try await runtime.withRun(of: watched, input: start, id: CrashJournal.run) { run in
          witness.acknowledge()
          state.withLock { $0 = run }
          async let heard: Void = hear(run.events, witness, files)
          let output = await Result.catching {
            try await sending(to: run, desk, elapsed, witness) { try await run.output() }
          }
          await heard
          return try output.get()
        }
      }
    }
    try Task.checkCancellation()
    if case .failure(let mismatch as TeamMismatch) = result { throw mismatch }
    let outcome = CrashOutcome(result ?? .failure(CancellationError()), as: program.output)
    // That a disk is damaged says nothing about what the run comes to.
    if failedSync == nil || !outcome.isError { witness.report(outcome) }
    witness.pass("after the end")
    return End(
      outcome: outcome, problem: problem(desk, course, waits), witness: witness, disk: files.disk,
      events: state.withLock { $0 }?.events.log.events ?? [])
  }

  private func problem(
    _ desk: StubDesk, _ course: VirtualTime.Course, _ waits: [String]
  ) -> SimulationError.Problem? {
    if let loss = desk.losses.first { return .valueChanged(loss) }
    if let stub = desk.exhaustedStubs.first { return .exhaustedStub(stub) }
    switch course {
    case .deterministic, .halted: return nil
    case .disturbed(let jobs): return .disturbed(jobs: jobs, during: [])
    case .stuck: return .stuck(waits, isAbandoned: false)
    case .busy: return .busy(waits, isAbandoned: false)
    case .abandoned(wasBusy: false): return .stuck(waits, isAbandoned: true)
    case .abandoned(wasBusy: true): return .busy(waits, isAbandoned: true)
    }
  }

  private func hear(_ events: Events, _ witness: CrashWitness, _ files: SimulatedFiles) async {
    // Once its journal has failed, a run also tells what was not written down.
    for await event in events where !files.hasFailed { witness.hear(event) }
  }

  /// Sends the signals of the table that are not known to have been taken in, while something else
  /// is done.
  private func sending(
    to run: RunState, _ desk: StubDesk, _ elapsed: Duration, _ witness: CrashWitness,
    while work: () async throws -> any Sendable
  ) async throws -> any Sendable {
    let known = witness.history.signals
    var random = SeededGenerator(seed: desk.seed.derived(for: 9))
    let sendings = table.sendings.enumerated().filter { !known.contains($0.offset) }
      .map { number, sending in
        let moment = max(sending.sending.moment(using: &random) - elapsed, .zero)
        return (number: number, sending: sending.sending, moment: moment)
      }
    return try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, sending, moment) in sendings {
        group.addTask {
          try await desk.clock.sleep(until: moment)
          let json = try sending.type.encode(sending.payload)
          witness.pass("before signal '\(sending.signal)'")
          try await run.signal(
            sending.signal, json: json, id: CrashHistory.id(ofSignal: number))
          witness.acknowledge(signal: number)
          witness.pass("after signal '\(sending.signal)'")
        }
      }
      defer { group.cancelAll() }
      return try await work()
    }
  }

  /// The same team in another order, so that another member is asked first.
  private func shuffled(_ team: Team, seed: UInt64) -> Team {
    var random = SeededGenerator(seed: seed)
    return team.replacing(team.members.shuffled(using: &random))
  }
}

extension FilePoint {
  /// `between write and sync of store/runs/run/journal-000001.jsonl`.
  fileprivate var moment: String {
    description.split(separator: ",", maxSplits: 1).last.map { String($0.dropFirst()) }
      ?? description
  }
}
