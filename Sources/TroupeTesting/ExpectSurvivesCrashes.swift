#if canImport(Testing)
  public import Testing
  public import TroupeLanguage
  public import TroupeSimulation

  /// Expects that runs of a workflow survive to be ended at every point.
  ///
  /// ```swift
  /// try await expectSurvivesCrashes(of: simulation, "cats")
  /// ```
  ///
  /// Each run that does not survive is an issue, with the place that gives the same one again, and
  /// with the journal attached; at most ten of them. `Simulation.crashes` says what is tried.
  ///
  /// - Parameters:
  ///   - simulation: The workflow with its stubs.
  ///   - input: What each run starts with.
  ///   - seeds: What decides all that is left to chance before the first crash.
  ///   - pairs: How many runs crash a second time.
  ///   - limit: The most points of each run that are tried, spread evenly; all of them by default.
  ///   - sourceLocation: Where issues are recorded; leave the default.
  /// - Returns: What was tried.
  /// - Throws: What `Simulation.run` throws if a run that does not crash says nothing about the
  ///   workflow.
  @discardableResult
  public func expectSurvivesCrashes<Work: Workflow>(
    of simulation: Simulation<Work>, _ input: Work.Input, seeds: [Seed] = [1, 2, 3],
    pairs: CrashPairs = .sampled(100), atMost limit: Int = .max,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> CrashReport {
    let report = try await simulation.crashes(input, seeds: seeds, pairs: pairs, atMost: limit)
    for violation in report.violations.prefix(10) {
      Attachment.record(
        violation.journal,
        named: "journal-\(violation.place.description.replacing("/", with: "-")).jsonl",
        sourceLocation: sourceLocation)
      Issue.record(Comment(rawValue: "\(violation)"), sourceLocation: sourceLocation)
    }
    return report
  }
#endif
