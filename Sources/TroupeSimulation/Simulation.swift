public import TroupeLanguage
import TroupePlan
public import TroupeRuntime

/// Runs a workflow on virtual time, with stubs in the place of agents and with a seed in the place
/// of chance.
///
/// ```swift
/// let simulation = Simulation(of: LaunchPost()) {
///   Stub(\.findings) { Findings(["a source"]) }
///   Stub(\.draft, returning: [.short, .long])
/// }
/// let run = try await simulation.run(brief)
/// #expect(try run.stage("draft").takes == 2)
/// #expect(run.elapsed < .hours(1))
/// ```
///
/// Time passes only when nothing else can happen, so that hours cost nothing; the same seed gives
/// the same events in the same order, on every machine.
public struct Simulation<Work: Workflow>: Sendable {
  let workflow: Work
  let team: Team?
  let stubs: [Stub<Work>]
  let patience: Duration
  let allowsOutsideWork: Bool

  /// Describes a simulation.
  ///
  /// - Parameters:
  ///   - workflow: The workflow.
  ///   - team: The members with their roles and capacities. Stages that have no stub are done by
  ///     their agents. Without a team every role has one member, who is never too busy, and every
  ///     stage of a role needs a stub.
  ///   - allowsOutsideWork: Whether work may leave the simulation and come back: the main actor,
  ///     unstructured tasks, real input and output. The order of events is then no longer the
  ///     seed's alone. It always may while a cassette records what the team's agents answer.
  ///   - patience: How long, in real time, work that left the simulation is waited for before the
  ///     run counts as stuck.
  ///   - stubs: What stages answer.
  public init(
    of workflow: Work, team: Team? = nil, allowsOutsideWork: Bool = false,
    patience: Duration = .milliseconds(100),
    @StubBuilder<Work> stubs: () -> [Stub<Work>] = { [] }
  ) {
    self.workflow = workflow
    self.team = team
    self.allowsOutsideWork = allowsOutsideWork
    self.patience = patience
    self.stubs = stubs()
  }

  /// Runs the workflow to its end.
  ///
  /// - Parameters:
  ///   - input: What the run starts with.
  ///   - seed: What decides all that is left to chance.
  /// - Returns: The finished run; that the workflow failed is one of its results.
  /// - Throws: `CompilationError` or `TeamMismatch` if the workflow cannot run, `StubMistakes` if
  ///   stubs are missing or fit no stage, `SimulationError` if the run got stuck, was disturbed from
  ///   outside, or wrote a value that does not survive its codec, or `CancellationError`.
  public func run(_ input: Work.Input, seed: Seed = 1) async throws -> SimulatedRun<Work.Output> {
    let program = try workflow.compile()
    let table = try StubTable(stubs, for: workflow, program, hasTeam: team != nil)
    let time = VirtualTime(seed: seed.derived(for: 1), patience: patience)
    let desk = StubDesk(program, table, seed: seed, clock: time.clock)
    let runtime = Runtime(
      team: desk.team(from: team), clock: time.clock,
      randomness: SeededGenerator(seed: seed.derived(for: 2)), executor: time.executor)
    let start = try desk.passed(input, as: program.input, what: "the input").value
    let rehearsed = desk.rehearsed(program)
    let state = Lock<RunState?>(nil)
    var waits: [String] = []
    var disturbed: [String] = []
    let (result, course) = await time.run {
      for (address, _) in state.withLock({ $0 })?.events.log.unended(program.traits) ?? []
      where !disturbed.contains("'\(address)'") {
        disturbed.append("'\(address)'")
      }
    } onStuck: {
      if let log = state.withLock({ $0 })?.events.log { waits = StuckReport.lines(log, program) }
    } _: {
      await Result.catching {
        try await runtime.withRun(of: rehearsed, input: start) { run in
          state.withLock { $0 = run }
          return try await run.output()
        }
      }
    }
    try Task.checkCancellation()
    if case .failure(let mismatch as TeamMismatch) = result { throw mismatch }
    let run = SimulatedRun<Work.Output>(
      seed: seed, program: program, result: result ?? .failure(CancellationError()),
      events: state.withLock { $0 }?.events.log.events ?? [], desk: desk)
    if let problem = problem(course, waits, disturbed, time.clock, desk) {
      throw SimulationError(problem: problem, seed: seed, timeline: run.timeline)
    }
    for recorder in CoverageRecorder.current { recorder.add(run.events, of: run.plan) }
    return run
  }

  private func problem(
    _ course: VirtualTime.Course, _ waits: [String], _ disturbed: [String],
    _ clock: VirtualClock, _ desk: StubDesk
  ) -> SimulationError.Problem? {
    if let loss = desk.losses.first { return .valueChanged(loss) }
    switch course {
    case .deterministic: return nil
    case .disturbed where allowsOutsideWork || clock.wasHeld: return nil
    case .disturbed(let jobs): return .disturbed(jobs: jobs, during: disturbed)
    case .stuck: return .stuck(waits, isAbandoned: false)
    case .abandoned: return .stuck(waits, isAbandoned: true)
    }
  }
}

extension Simulation where Work == NoWorkflow {
  /// Seeds to try one after the other, as the arguments of a parameterised test.
  ///
  /// ```swift
  /// @Test(arguments: Simulation.seeds(200))
  /// func aDraftIsAlwaysReviewed(_ seed: Seed) async throws { … }
  /// ```
  ///
  /// - Parameter count: How many; always the same ones, from 1 on.
  public static func seeds(_ count: Int) -> [Seed] {
    (0..<max(count, 0)).map { Seed(UInt64($0) + 1) }
  }
}

extension Result where Failure == any Error {
  static func catching(_ work: () async throws -> Success) async -> Result {
    do {
      return .success(try await work())
    } catch {
      return .failure(error)
    }
  }
}
