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
  ///     their agents, and effects without one happen. People are asked as in any run, and stubs
  ///     give their answers: a stub that throws, hangs or comes late says nothing. Without a team
  ///     every role has one member, who is never too busy, and every stage of a role and every
  ///     effect needs a stub.
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
  ///   stubs are missing or fit no stage, `SimulationError` if the run got stuck, was disturbed
  ///   from outside, or wrote a value that does not survive its codec, or `CancellationError`.
  public func run(_ input: Work.Input, seed: Seed = 1) async throws -> SimulatedRun<Work.Output> {
    let program = try workflow.compile()
    let table = try StubTable(stubs, for: workflow, program, team: team)
    let rehearsal = Rehearsal(
      program: program, table: table, team: team, patience: patience,
      allowsOutsideWork: allowsOutsideWork)
    let outcome: Rehearsal.Outcome
    do {
      outcome = try await rehearsal.run(input, seed: seed)
    } catch let lost as ValueLost {
      throw SimulationError(
        problem: .valueChanged(lost.description), seed: seed,
        timeline: Timeline([], workflow: program.plan.workflow))
    }
    let run = SimulatedRun<Work.Output>(
      seed: seed, program: program,
      result: outcome.result ?? .failure(outcome.desk.crash ?? CancellationError() as any Error),
      events: outcome.events, desk: outcome.desk)
    if let problem = problem(outcome) {
      let before = outcome.eventsBefore.map { Timeline($0, workflow: run.plan.workflow) }
      throw SimulationError(problem: problem, seed: seed, timeline: before ?? run.timeline)
    }
    for recorder in CoverageRecorder.current { recorder.add(run.events, of: run.plan) }
    return run
  }

  private func problem(_ outcome: Rehearsal.Outcome) -> SimulationError.Problem? {
    if let loss = outcome.desk.losses.first { return .valueChanged(loss) }
    if let stub = outcome.desk.exhaustedStubs.first { return .exhaustedStub(stub) }
    switch outcome.course {
    case .deterministic, .halted: return nil
    case .disturbed where allowsOutsideWork || outcome.desk.clock.wasHeld: return nil
    case .disturbed(let jobs): return .disturbed(jobs: jobs, during: outcome.disturbed)
    case .stuck: return .stuck(outcome.waits, isAbandoned: false)
    case .busy: return .busy(outcome.waits, isAbandoned: false)
    case .abandoned(wasBusy: false): return .stuck(outcome.waits, isAbandoned: true)
    case .abandoned(wasBusy: true): return .busy(outcome.waits, isAbandoned: true)
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
