import Testing
import Troupe
import TroupeTesting

/// Small workflows, ended at every point, and a second time while they are gone on with.
@Suite struct SmallWorkflowCrashTests {
  private func survives<Work: Workflow>(
    _ simulation: Simulation<Work>, _ input: Work.Input, seeds: Int = 2, pairs: Int = 40,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) async throws {
    let report = try await expectSurvivesCrashes(
      of: simulation, input, seeds: Simulation.seeds(seeds), pairs: .sampled(pairs),
      sourceLocation: sourceLocation)
    #expect(report.points > 100)
    #expect(report.resumes > 150)
    #expect(report.failedSyncs > 10)
  }

  @Test func retriesAreCountedOverCrashes() async throws {
    try await survives(Retrying.simulation, 1)
  }

  @Test func aFallbackRunsOnce() async throws {
    try await survives(FallingBack.simulation, 1)
  }

  @Test func aRaceThatWasWonStaysWon() async throws {
    try await survives(Racing.simulation, 1, seeds: 6, pairs: 10)
  }

  @Test func elementsAreNeitherLostNorDoneAgain() async throws {
    try await survives(Spreading.simulation, [1, 2, 3, 4, 5, 6])
  }

  @Test func branchesAndRoundsAreNotDecidedAgain() async throws {
    try await survives(Flowing.simulation, 1)
  }

  @Test func takesGoOnWhereTheyWere() async throws {
    try await survives(Reworking.simulation, 1)
  }

  @Test func limitsThatHavePassedStayPassed() async throws {
    try await survives(Limited.simulation, 1)
  }

  @Test func whoIsAtWorkIsAskedAgain() async throws {
    try await survives(Delegating.simulation, 1)
  }

  @Test func aSyncFailsInTheSamePlaceAgain() async throws {
    let place = try #require(CrashPlace("1/sync7.0/23.2"))
    #expect(place.description == "1/sync7.0/23.2")
    let report = try await Racing.simulation.crashes(1, at: place)
    #expect(report.violations.isEmpty, "\(report)")
    #expect(report.resumes == 2)
    await #expect(throws: (any Error).self) {
      try await Racing.simulation.crashes(1, at: try #require(CrashPlace("1/sync7.0/999.2")))
    }
  }

  @Test func aFailureStaysWhatItWas() async throws {
    try await survives(Failing.simulation, 1)
  }

  @Test func signalsAreNeitherLostNorTakenTwice() async throws {
    try await survives(Waiting.simulation, 1)
  }
}
