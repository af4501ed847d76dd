#if canImport(Testing)
  public import Testing
  public import TroupeLanguage
  import TroupePlan
  import TroupeSimulation

  /// Checks, at the end of a suite, how much of a workflow's plan its simulations covered.
  ///
  /// ```swift
  /// @Suite(.coverage(of: LaunchPost(), atLeast: 0.9)) struct LaunchPostTests { … }
  /// ```
  ///
  /// What never happened is listed with its place in the source. Running a part of the suite covers
  /// less.
  public struct CoverageTrait: SuiteTrait, TestScoping {
    private let plan: Result<Plan, CompilationError>
    private let threshold: Double
    private let location: Testing.SourceLocation

    init(_ workflow: some Workflow, atLeast threshold: Double, at location: Testing.SourceLocation)
    {
      plan = Result { () throws(CompilationError) in try workflow.compile().plan }
      self.threshold = threshold
      self.location = location
    }

    /// Runs the suite, and records an issue if its simulations covered too little.
    public func provideScope(
      for test: Test, testCase: Test.Case?,
      performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
      let recorder = CoverageRecorder(of: try plan.get())
      try await CoverageRecorder.$current.withValue(CoverageRecorder.current + [recorder]) {
        try await function()
      }
      let coverage = recorder.coverage
      if coverage.fraction < threshold {
        Issue.record(
          "the suite covers too little, at least \(Int(threshold * 100)) % is wanted\n\(coverage)",
          sourceLocation: location)
      }
    }
  }

  extension Trait where Self == CoverageTrait {
    /// Checks, at the end of a suite, how much of a workflow's plan its simulations covered.
    ///
    /// - Parameters:
    ///   - workflow: The workflow, with the parameters that the tests use.
    ///   - threshold: The part of what can happen that must, from 0 to 1; all of it by default.
    ///   - sourceLocation: Where the issue is recorded; leave the default.
    public static func coverage(
      of workflow: some Workflow, atLeast threshold: Double = 1,
      sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) -> CoverageTrait {
      CoverageTrait(workflow, atLeast: threshold, at: sourceLocation)
    }
  }
#endif
