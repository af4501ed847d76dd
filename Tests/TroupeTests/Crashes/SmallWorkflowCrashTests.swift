import Testing
import Troupe
import TroupeTesting

/// Small workflows, ended at every point, and a second time while they are gone on with.
@Suite struct SmallWorkflowCrashTests {
  @Test func retriesAreCountedOverCrashes() async throws {
    try await expectSurvivesCrashes(of: Retrying.simulation, 1)
  }

  @Test func aFallbackRunsOnce() async throws {
    try await expectSurvivesCrashes(of: FallingBack.simulation, 1)
  }

  @Test func aRaceThatWasWonStaysWon() async throws {
    try await expectSurvivesCrashes(of: Racing.simulation, 1)
  }

  @Test func elementsAreNeitherLostNorDoneAgain() async throws {
    try await expectSurvivesCrashes(of: Spreading.simulation, [1, 2, 3, 4, 5, 6])
  }

  @Test func branchesAndRoundsAreNotDecidedAgain() async throws {
    try await expectSurvivesCrashes(of: Flowing.simulation, 1)
  }

  @Test func takesGoOnWhereTheyWere() async throws {
    try await expectSurvivesCrashes(of: Reworking.simulation, 1)
  }

  @Test func limitsThatHavePassedStayPassed() async throws {
    try await expectSurvivesCrashes(of: Limited.simulation, 1)
  }

  @Test func whoIsAtWorkIsAskedAgain() async throws {
    try await expectSurvivesCrashes(of: Delegating.simulation, 1)
  }

  @Test func aFailureStaysWhatItWas() async throws {
    try await expectSurvivesCrashes(of: Failing.simulation, 1)
  }
}
