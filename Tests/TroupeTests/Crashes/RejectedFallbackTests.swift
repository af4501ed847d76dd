import Testing
import Troupe
import TroupeTesting

/// What a fallback gave and a gate did not let pass, ended at every point.
@Suite struct RejectedFallbackTests {
  private struct Cautious: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var isReviewed = false

    private var work: Stage<Int> {
      Stage("work", by: .clerk, reads: input, writes: output) { "Say \($0)" }
        .fallback { Stage("instead", by: .judge, reads: input, writes: output) { "Guess \($0)" } }
    }

    var body: some Step {
      if isReviewed {
        work.gate("small", reviewedBy: .judge)
      } else {
        work.gate("small", otherwise: .rework(upTo: 2)) { $0 < 100 }
      }
    }
  }

  private func simulation(_ workflow: Cautious) -> Simulation<Cautious> {
    Simulation(of: workflow) {
      Stub("work", as: Int.self) { _ in throw Refusal("never") }
      Stub("instead", as: Int.self) { 500 }
      if workflow.isReviewed { Stub("small", as: Review.self) { .rejected("too large") } }
    }
  }

  @Test(arguments: [false, true])
  func itStaysRejectedAndIsNotMadeAgain(_ isReviewed: Bool) async throws {
    let simulation = simulation(Cautious(isReviewed: isReviewed))
    let run = try await simulation.run(1)
    #expect(run.failure?.description.contains("rejected by gate 'small'") == true, "\(run)")
    #expect(try run.stage("instead").attempts.count == 1)
    let report = try await expectSurvivesCrashes(
      of: simulation, 1, seeds: Simulation.seeds(2), pairs: .sampled(20))
    #expect(report.points > 50)
  }
}
