package import TroupePlan
import TroupeRuntime

/// Ends the runs of a program at every point and goes on with them.
package struct CrashExplorer: Sendable {
  let world: CrashWorld
  let drift: Duration
  /// In how many ways the power fails at each point, beside the end of the process alone.
  let powerFailures: Int

  /// The runs without crashes that say what a run may come to, beside those of the seeds.
  private static let orders: UInt64 = 8
  /// The same in unusual orders, which are tried when something has come out that is not known.
  private static let unusualOrders: UInt64 = 300

  init(
    _ program: Program, _ table: StubTable, team: Team?, patience: Duration,
    input: any Sendable, powerFailures: Int = 2
  ) {
    var table = table
    // A process that ends by itself once more would say nothing.
    table.entries = table.entries.map { $0.withoutCrashes }
    world = CrashWorld(
      program: program, table: table, team: team, patience: patience, input: input)
    // The clock must not decide what a deadline decides.
    let hasPeople = team?.members.contains(where: \.isPerson) ?? false
    let shortest = program.plan.nodes.flatMap { node in
      // The time of people is measured by the clock on the wall.
      [
        node.policies.deadline, node.awaited?.within,
        hasPeople && node.role != nil ? node.policies.timeout : nil,
      ]
    }.compactMap(\.self).min()
    drift = shortest.map { $0 / 100 } ?? .seconds(86_400)
    self.powerFailures = powerFailures
  }

  /// Explores a program whose stages are all code.
  package init(_ program: Program, input: any Sendable) {
    self.init(
      program, StubTable(), team: nil, patience: .milliseconds(100), input: input)
  }

  /// Explores runs of some seeds.
  ///
  /// - Parameter limit: The most points of each run that are tried, spread evenly.
  /// - Throws: `SimulationError` if a run without crashes says nothing about the workflow.
  package func explore(
    seeds: [Seed], pairs: CrashPairs, atMost limit: Int = .max
  ) async throws -> CrashReport {
    var report = CrashReport()
    var known: Set<CrashOutcome> = []
    var trials: [CrashTrial] = []
    var failures: [CrashTrial] = []
    for seed in seeds {
      let (end, problems) = try await uncrashed(seed, keepsSnapshots: true)
      known.insert(end.outcome)
      if !problems.isEmpty { report.violations.append(violation(end, seed, problems)) }
      let snapshots = end.witness.snapshots
      report.points += snapshots.count
      // How a run is accepted is the same for every seed.
      let new = snapshots.filter { seed == seeds.first || $0.history.isAcknowledged }
      for snapshot in Self.sample(new, limit) {
        trials += self.trials(after: snapshot, at: CrashPlace(seed), []) { trial in
          trials.suffix(powerFailures + 1).contains { $0.leavesTheSame(as: trial) }
        }
      }
      for number in Self.failedSyncs(among: snapshots, seed, atMost: limit) {
        let (snapshot, violation) = try await failing(number, seed)
        if let violation { report.violations.append(violation) }
        failures += self.trials(after: snapshot, at: CrashPlace(seed), [])
      }
    }
    for number in 1...Self.orders where !seeds.contains(Seed(number)) {
      known.insert(try await uncrashed(Seed(number), keepsSnapshots: false).end.outcome)
    }
    var results = try await all(failures, .sampled(failures.count))
    report.failedSyncs = results.count
    results += try await all(trials, pairs)
    report.resumes = results.count
    report.pairs = results.dropFirst(report.failedSyncs).count { $0.trial.place.crashes.count > 1 }
    let judged = try await judged(results, &known)
    report.outcomes = known.count
    report.violations += judged.compactMap(\.violation).sorted {
      $0.place.crashes.count < $1.place.crashes.count
    }
    return report
  }

  /// Runs that crash in one place again.
  func explore(at place: CrashPlace) async throws -> CrashReport {
    var report = CrashReport()
    let (end, problems) = try await uncrashed(place.seed, keepsSnapshots: true)
    if !problems.isEmpty { report.violations.append(violation(end, place.seed, problems)) }
    var known: Set<CrashOutcome> = [end.outcome]
    var snapshots = end.witness.snapshots
    report.points = snapshots.count
    var (so, moments) = (CrashPlace(place.seed), [String]())
    for crash in place.crashes {
      if crash.isFailedSync { snapshots = [try await failing(crash.point, place.seed).snapshot] }
      guard
        let snapshot = snapshots.first(where: { ($0.failedSync ?? $0.point) == crash.point })
      else { throw NoSuchPoint(place: place, count: snapshots.count) }
      so = so.then(snapshot, crash.variant)
      moments.append(snapshot.moment)
      let trial = trial(after: snapshot, at: so, moments, crash.variant)
      let result = try await trial.run(keepingSnapshots: true)
      report.resumes += 1
      snapshots = result.snapshots
      report.violations += try await judged([result], &known).compactMap(\.violation)
    }
    report.outcomes = known.count
    return report
  }

  /// A run without crashes, and what is wrong with it all the same.
  private func uncrashed(
    _ seed: Seed, keepsSnapshots: Bool, stretch: UInt64? = nil
  ) async throws -> (end: CrashWorld.End, problems: [String]) {
    let witness = CrashWitness(CrashHistory(), keepsSnapshots: keepsSnapshots, stretch: stretch)
    let end = try await world.run(seed: seed, witness: witness)
    let timeline = Timeline(end.events, workflow: world.program.plan.workflow)
    if let problem = end.problem {
      throw SimulationError(problem: problem, seed: seed, timeline: timeline)
    }
    let oracle = CrashOracle(plan: world.program.plan)
    do {
      let journal = try CrashJournal(on: end.disk) ?? CrashJournal()
      let problems = oracle.problems(of: witness.history, from: CrashJournal(), to: journal)
      return (end, witness.problems + problems)
    } catch {
      return (end, ["the journal is damaged without a crash: \(error)"])
    }
  }

  func violation(
    _ end: CrashWorld.End, _ seed: Seed, _ problems: [String]
  ) -> CrashViolation {
    CrashViolation(
      place: CrashPlace(seed), moments: [], problems: problems,
      timeline: Timeline(end.events, workflow: world.program.plan.workflow),
      journal: (try? CrashJournal(on: end.disk))?.text ?? "")
  }

  /// The results, with what is wrong with what they came to: something to which no run comes that
  /// did not crash.
  private func judged(
    _ results: [CrashTrial.Result], _ known: inout Set<CrashOutcome>
  ) async throws -> [CrashTrial.Result] {
    var order: UInt64 = 0
    while order < Self.unusualOrders,
      results.contains(where: {
        $0.outcome.map { !known.contains($0) && $0 != .inDoubt } ?? false
      })
    {
      order += 1
      known.insert(
        try await uncrashed(Seed(order &+ 1_000), keepsSnapshots: false, stretch: order)
          .end.outcome)
    }
    return results.map { result in
      guard let outcome = result.outcome, !known.contains(outcome), outcome != .inDoubt else {
        return result
      }
      var result = result
      let others = known.map(\.description).sorted().joined(separator: " or ")
      result.problems.append("the run came to \(outcome), where others come to \(others)")
      return result
    }
  }
}

extension StubTable.Entry {
  fileprivate var withoutCrashes: StubTable.Entry {
    StubTable.Entry(
      name: name, answer: answer, timing: timing,
      faults: faults.filter { if case .crashes = $0.fault { false } else { true } },
      location: location, usage: usage)
  }
}
