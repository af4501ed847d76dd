import Synchronization
import Testing
import Troupe
import TroupeTesting

/// Budgets in runs that are ended at every record and gone on with: what crashes have left in doubt
/// is charged, nothing starts for which there is no room, and the run comes to the same.
@Suite struct BudgetCrashTests {
  /// Budgets around and inside of everything that repeats, one of which a ladder takes up.
  private static var simulation: Simulation<Spending> {
    Spending(within: Budget(cost: 90, tokens: 20_000, time: .hours(90), attempts: 90)) { work in
      Stage("spread", reads: work.input, writes: work.numbers) { Array(1...$0) }
      FanOut("each", over: work.numbers, into: Artifact<[Int]>("all")) { number, result in
        Stage("count", by: .clerk, reads: number, writes: result) { "\($0)" }
          .retry(attempts: 9)
          .budget(attempts: 12)
      }
      .budget(tokens: 9_000).estimate(tokens: 900)
      Stage("try", by: .expert, reads: work.input, writes: work.output) { "\($0)" }
        .estimate(cost: 1)
        .retry(attempts: 9)
        .budget(attempts: 2)
        .escalate {
          On(.budget) {
            Ask(.boss, within: .hours(1))
            Fallback { Stage("guess", reads: work.input, writes: work.output) { $0 } }
          }
        }
    }
    .simulated {
      Stub(.expert) { _ in throw Refusal("busy") }
      Stub(.boss) { _ in .value(Resolution.retry()) }
    }
  }

  @Test func aBudgetedRunSurvivesCrashes() async throws {
    let report = try await expectSurvivesCrashes(
      of: Self.simulation, 3, seeds: Simulation.seeds(2), pairs: .sampled(60))
    #expect(report.resumes > 100)
  }

  @Test func aRunThatAnyAttemptMoreWouldStopStopsAndNeverOverdraws() async throws {
    let simulation = Spending(within: Budget(tokens: 100)) { work in
      work.work("first")
      work.work("second")
      work.end
    }
    .simulated()
    // It is stopped with or without crashes: by what was used, or by what nobody knows of.
    try await expectSurvivesCrashes(of: simulation, 1, seeds: Simulation.seeds(3))
  }

  private final class Counter: Sendable {
    let count = Atomic(0)
  }

  @Test func whatStubsUseUpIsChargedWhileCrashesAreExplored() async throws {
    let begun = Counter()
    let simulation = Spending(within: Budget(tokens: 100)) { work in
      work.work("first")
      work.work("second")
      work.end
    }
    .simulated(using: Usage(outputTokens: 200)) {
      Stub("second", as: Int.self) { _ in begun.count.add(1, ordering: .relaxed).newValue }
    }
    try await expectSurvivesCrashes(of: simulation, 1, seeds: [1], pairs: .none, atMost: 50)
    #expect(begun.count.load(ordering: .relaxed) == 0)
  }

  @Test(arguments: Simulation.seeds(200))
  func eachSeedComesToTheSame(_ seed: Seed) async throws {
    let run = try await Self.simulation.run(3, seed: seed)
    #expect(try run.output == 3, "\(run)")
    #expect(try run.stage("try").attempts.count == 4)
    #expect(run.mostAtOnce <= 3)
  }
}
