import TroupePlan
import TroupeRuntime

/// A run that is ended at one point and gone on with.
struct CrashTrial: Sendable {
  let world: CrashWorld
  let snapshot: CrashSnapshot
  let place: CrashPlace
  /// What had happened at the crashes so far, this one included.
  let moments: [String]
  /// What is left on the disk.
  let disk: SimulatedDisk
  /// How far the wall clock may move while nothing runs.
  let drift: Duration

  /// What became of it.
  struct Result: Sendable {
    let trial: CrashTrial
    var problems: [String] = []
    /// What the run came to, if it came to anything.
    var outcome: CrashOutcome?
    var events: [Event] = []
    var journal = CrashJournal()
    /// What a further crash would leave at each point.
    var snapshots: [CrashSnapshot] = []

    var violation: CrashViolation? {
      guard !problems.isEmpty else { return nil }
      let workflow = trial.world.program.plan.workflow
      return CrashViolation(
        place: trial.place, moments: trial.moments, problems: problems,
        timeline: Timeline(events, workflow: workflow), journal: journal.text)
    }
  }

  /// Goes on with the run.
  func run(keepingSnapshots: Bool) async throws -> Result {
    let oracle = CrashOracle(plan: world.program.plan)
    var result = Result(trial: self)
    let left: CrashJournal?
    do {
      left = try CrashJournal(on: disk)
    } catch {
      result.problems = ["the journal is damaged: \(error)"]
      return result
    }
    result.journal = left ?? CrashJournal()
    result.problems = oracle.problems(of: snapshot.history, survivedBy: left)
    switch left?.outcome {
    case .failed?, .inDoubt?:
      // A run that had stopped is at its end until somebody wants it to go on.
      result.outcome = left?.outcome
      return result
    default: break
    }
    let witness = CrashWitness(
      snapshot.history, recorded: left?.questions ?? [], keepsSnapshots: keepingSnapshots)
    let end = try await world.run(
      on: disk, clock: snapshot.elapsed + shift, elapsed: snapshot.elapsed, seed: place.next,
      witness: witness)
    result.outcome = end.outcome
    result.events = end.events
    result.snapshots = witness.snapshots
    result.problems += witness.problems
    if let problem = end.problem {
      let timeline = Timeline([], workflow: world.program.plan.workflow)
      let error = SimulationError(problem: problem, seed: place.next, timeline: timeline)
      result.problems.append("\(error)")
    }
    do {
      let before = left ?? CrashJournal()
      result.journal = try CrashJournal(on: end.disk, after: before) ?? CrashJournal()
      result.problems += oracle.problems(of: witness.history, from: before, to: result.journal)
    } catch {
      result.problems.append("the journal is damaged in the end: \(error)")
    }
    return result
  }

  private var shift: Duration {
    var random = SeededGenerator(seed: place.next.derived(for: 6))
    let part = Double(random.next(upperBound: 2_001 as UInt64)) / 1_000 - 1
    return drift * part
  }
}
