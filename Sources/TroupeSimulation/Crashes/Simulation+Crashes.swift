public import TroupeLanguage
import TroupePlan
import TroupeRuntime

extension Simulation {
  /// Ends runs of the workflow at every point, goes on with each, and checks what came of it.
  ///
  /// ```swift
  /// let report = try await simulation.crashes(brief)
  /// #expect(report.violations.isEmpty, "\(report)")
  /// ```
  ///
  /// The points are before and after every effect, every write to the disk, and every moment at
  /// which something becomes durable there. At each, once the process alone ends and once the
  /// machine, with what a disk may then have lost. In some runs a sync fails first, and the machine
  /// goes on with what it has not written. What goes on is another process with another
  /// seed: the clock on the wall has moved, another member is free first, and whoever is asked
  /// again what was decided already says something else. It must come to an end to which a run also
  /// comes that does not crash; do nothing again that was finished, that belongs to a step that has
  /// ended, or that has lost its race; give the same input to the same idempotency key; and never
  /// go against what was reported before.
  ///
  /// Stubs must answer by what they are asked, and not by how often; those with a list of values
  /// give the same one again under the same idempotency key. Faults by which a process ends are
  /// left out. In a workflow with deadlines, the clock moves by a hundredth of the shortest at
  /// most.
  ///
  /// - Parameters:
  ///   - input: What each run starts with.
  ///   - seeds: What decides all that is left to chance before the first crash.
  ///   - pairs: How many runs crash a second time.
  ///   - limit: The most points of each run that are tried, spread evenly; all of them by default.
  /// - Throws: What `run` throws if a run that does not crash says nothing about the workflow.
  public func crashes(
    _ input: Work.Input, seeds: [Seed] = [1, 2, 3], pairs: CrashPairs = .sampled(100),
    atMost limit: Int = .max
  ) async throws -> CrashReport {
    try await explorer(input).explore(seeds: seeds, pairs: pairs, atMost: limit)
  }

  /// Crashes in one place again, as a violation names it.
  ///
  /// - Parameters:
  ///   - input: What the run starts with.
  ///   - place: Where it crashes.
  /// - Throws: What `run` throws, or an error if the run has no such point.
  public func crashes(_ input: Work.Input, at place: CrashPlace) async throws -> CrashReport {
    try await explorer(input).explore(at: place)
  }

  private func explorer(_ input: Work.Input) throws -> CrashExplorer {
    let program = try workflow.compile()
    let table = try StubTable(stubs, for: workflow, program, team: team)
    return CrashExplorer(program, table, team: team, patience: patience, input: input)
  }
}
