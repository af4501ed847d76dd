import Testing
import Troupe
import TroupeSimulation

@Suite struct PlanCoverageTests {
  private struct Sorting: Workflow {
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("result")
    let half = Artifact<Int>("half")

    var body: some Step {
      Stage("halve", by: .writer, reads: input, writes: half) { "Halve \($0)." }
        .retry(attempts: 2)
        .timeout(.minutes(1))
        .gate("small") { $0 < 100 }
        .fallback { Stage("guess", reads: input, writes: half) { $0 / 2 } }
      Choose("size", on: half) {
        When("one") {
          $0 == 1
        } then: {
          Effect("tell", reads: half) { _ in }
        }
        Otherwise(.skip)
      }
      Repeat("grow", half, upTo: 3, until: { $0 > 3 }, otherwise: .accept) {
        Stage("double", reads: half, writes: half) { $0 * 2 }
      }
      Phase("end") { Stage("copy", reads: half, writes: output) { $0 } }
        .deadline(.hours(1))
    }
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n").map { line in
      String(line).replacing(#/\S+\.swift:\d+:\d+: /#, with: "")
    }
  }

  @Test func whatNeverHappenedIsNamed() async throws {
    let simulation = Simulation(of: Sorting()) {
      Stub(\.half) { 4 }
      Stub(effect: "tell")
    }
    let run = try await simulation.run(8)
    var coverage = PlanCoverage(of: run.plan)
    coverage.add(run.events)
    #expect(
      lines(coverage.description) == [
        "sorting: 5 of 14 covered (35 %) in 1 run; what never happened:",
        "  stage 'halve' was never retried",
        "  stage 'halve' never timed out",
        "  stage 'halve' was never rejected by gate 'small'",
        "  stage 'halve' never needed its fallback",
        "  stage 'guess' never ran",
        "  choose 'size' never chose 'one'",
        "  effect 'tell' never ran",
        "  repeat 'grow' never went round a second time",
        "  phase 'end' never missed its deadline",
      ])
  }

  @Test func manyRunsCoverWhatOneDoesNot() async throws {
    let simulation = Simulation(of: Sorting()) {
      Stub(\.half) { asked in asked.attempt == 2 ? 1 : 200 }
        .fault(.hangs, on: .chance(0.5))
      Stub(effect: "tell")
      Stub("end/copy", as: Int.self) { 3 }.taking(.uniform(.minutes(1), .minutes(120)))
    }
    let recorder = CoverageRecorder(of: try Sorting().compile().plan)
    try await CoverageRecorder.$current.withValue([recorder]) {
      for seed in Simulation.seeds(50) { _ = try await simulation.run(8, seed: seed) }
    }
    #expect(recorder.coverage.runs == 50)
    #expect(recorder.coverage.missing.isEmpty, "\(recorder.coverage)")
    #expect(recorder.coverage.fraction == 1)
  }

  @Test func aLimitInAFallbackIsNotTheStepsOwn() async throws {
    struct Limits: Workflow {
      let input = Artifact<Int>("in")
      let output = Artifact<Int>("out")
      var body: some Step {
        Phase("work") { Stage("try", by: .writer, reads: input, writes: output) { "\($0)" } }
          .timeout(.hours(1))
          .fallback {
            Phase("instead") {
              Stage("ask", by: .critic, reads: input, writes: output) { "\($0)" }
                .timeout(.hours(1))
            }
          }
      }
    }
    let simulation = Simulation(of: Limits()) {
      Stub("try", as: Int.self) { throw Refusal("no") }
      Stub(.critic) { _ in .json(1) }.fault(.hangs)
    }
    let run = try await simulation.run(1)
    var coverage = PlanCoverage(of: run.plan)
    coverage.add(run.events)
    #expect(
      lines(coverage.description) == [
        "limits: 4 of 5 covered (80 %) in 1 run; what never happened:",
        "  phase 'work' never timed out",
      ])
    #expect(coverage.fraction == 0.8)
  }

  @Test func otherWorkflowsAreNotCounted() async throws {
    let recorder = CoverageRecorder(of: try Sorting().compile().plan)
    _ = try await CoverageRecorder.$current.withValue([recorder]) {
      try await Simulation(of: LaunchPost()) {
        Stub(\.draft) { .long }
        Stub.examples()
      }.run("cats")
    }
    #expect(recorder.coverage.runs == 0)
  }
}
