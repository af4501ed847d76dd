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
    let course: VirtualTime.Course
    let witness: CrashWitness
    let disk: SimulatedDisk
    let events: [Event]
    /// What a value lost on its way, or a stub lacked.
    let mistakes: [String]
  }

  /// Lets a process run to its end.
  ///
  /// - Parameters:
  ///   - disk: What it finds.
  ///   - clock: How far the wall clock is from where simulations begin.
  ///   - seed: Decides the order, how long everything takes, and which member is free first.
  func run(
    on disk: SimulatedDisk = SimulatedDisk(), clock: Duration = .zero, seed: Seed,
    witness: CrashWitness
  ) async throws -> End {
    let time = VirtualTime(seed: seed.derived(for: 1), patience: patience)
    time.clock.moveWallClock(by: clock)
    let desk = StubDesk(
      program, table, seed: seed, time: time, allowsOutsideWork: false, witness: witness)
    let files = SimulatedFiles(disk, time: time, seed: seed.derived(for: 4)) { point in
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
    let (result, course) = await time.run {
      await Result.catching { () async throws -> any Sendable in
        try await runtime.withRun(of: watched, input: start, id: CrashJournal.run) { run in
          witness.acknowledge()
          state.withLock { $0 = run }
          async let heard: Void = hear(run.events, witness)
          let output = await Result.catching { try await run.output() }
          await heard
          return try output.get()
        }
      }
    }
    try Task.checkCancellation()
    if case .failure(let mismatch as TeamMismatch) = result { throw mismatch }
    let outcome = CrashOutcome(result ?? .failure(CancellationError()), as: program.output)
    witness.report(outcome)
    witness.pass("after the end")
    return End(
      outcome: outcome, course: course, witness: witness, disk: files.disk,
      events: state.withLock { $0 }?.events.log.events ?? [],
      mistakes: desk.losses + desk.exhaustedStubs)
  }

  private func hear(_ events: Events, _ witness: CrashWitness) async {
    for await event in events { witness.hear(event) }
  }

  /// The same team in another order, so that another member is asked first.
  private func shuffled(_ team: Team, seed: UInt64) -> Team {
    var random = SeededGenerator(seed: seed)
    let members = team.members.shuffled(using: &random)
    return Team { for member in members { member } }
  }
}

extension FilePoint {
  /// `between write and sync of store/runs/run/journal-000001.jsonl`.
  fileprivate var moment: String {
    description.split(separator: ",", maxSplits: 1).last.map { String($0.dropFirst()) }
      ?? description
  }
}
