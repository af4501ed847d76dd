import TroupePlan
import TroupeRuntime

/// One run of a program on virtual time: what a simulation and a what-if study have in common.
struct Rehearsal: Sendable {
  let program: Program
  let table: StubTable
  let team: Team?
  let patience: Duration
  var allowsOutsideWork = false

  /// What came of it.
  struct Outcome: Sendable {
    /// What the run gave; `nil` if it was left behind.
    let result: Result<any Sendable, any Error>?
    let course: VirtualTime.Course
    let events: [Event]
    /// What had happened when nothing could go on, before the run was cancelled.
    let eventsBefore: [Event]?
    let desk: StubDesk
    /// What everybody waited for when nothing could go on.
    let waits: [String]
    /// The stages during which work came from outside.
    let disturbed: [String]
  }

  /// Runs the program to its end.
  ///
  /// - Throws: `TeamMismatch`, what makes the input unusable, or `CancellationError`.
  func run(_ input: any Sendable, seed: Seed) async throws -> Outcome {
    let time = VirtualTime(seed: seed.derived(for: 1), patience: patience)
    let desk = StubDesk(
      program, table, seed: seed, time: time, allowsOutsideWork: allowsOutsideWork)
    let runtime = Runtime(
      team: desk.team(from: team), clock: time.clock,
      randomness: table.isSteady
        ? MiddlingGenerator() : SeededGenerator(seed: seed.derived(for: 2)),
      executor: time.executor)
    let start = try desk.passed(input, as: program.input, what: "the input").value
    let rehearsed = desk.rehearsed(program)
    let state = Lock<RunState?>(nil)
    var waits: [String] = []
    var disturbed: [String] = []
    var eventsBefore: [Event]?
    func report() -> StuckReport? {
      state.withLock { $0 }.map { StuckReport($0.events.log, program, team: team) }
    }
    let (result, course) = await time.run {
      for place in report()?.places ?? [] where !disturbed.contains(place) {
        disturbed.append(place)
      }
    } onStuck: {
      waits = (report()?.lines ?? []) + desk.refusals
      eventsBefore = state.withLock { $0 }?.events.log.events
    } _: {
      await Result.catching {
        try await runtime.withRun(of: rehearsed, input: start) { run in
          state.withLock { $0 = run }
          return try await sending(to: run, desk) { try await run.output() }
        }
      }
    }
    try Task.checkCancellation()
    if case .failure(let mismatch as TeamMismatch) = result { throw mismatch }
    return Outcome(
      result: result, course: course, events: state.withLock { $0 }?.events.log.events ?? [],
      eventsBefore: eventsBefore, desk: desk, waits: waits, disturbed: disturbed)
  }
}

/// Always gives the middle, so that runs that are compared with each other differ in nothing that
/// nobody asked about: the jitter of pauses.
private struct MiddlingGenerator: RandomNumberGenerator {
  mutating func next() -> UInt64 { .max / 2 }
}
