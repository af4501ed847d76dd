import Testing
import Troupe
import TroupeTesting

/// Every kind of step is done again, replaced and supplied by a ladder in the same way.
@Suite struct LadderContainerTests {
  enum Kind: String, CaseIterable, Sendable {
    case phase, parallel, dataflow, race, choose, loop, fanOut, call, wait
  }

  struct Unsteady: Workflow {
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("result")
    var body: some Step {
      Stage("work", by: .clerk, reads: input, writes: output) { "Work on \($0)" }
    }
  }

  struct Holding: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let result = Artifact<Int>("result")
    let numbers = Artifact<[Int]>("numbers")
    let results = Artifact<[Int]>("results")
    let kind: Kind
    @RungBuilder var rungs: @Sendable () -> [Rung]

    private var work: some Step {
      Stage("work", by: .clerk, reads: input, writes: result) { "Work on \($0)" }
    }

    private var rules: [On] { [On(.failure, .timeout) { for rung in rungs() { rung } }] }

    var body: some Step {
      switch kind {
      case .phase: Phase("step") { work }.escalate { for rule in rules { rule } }
      case .parallel: Parallel("step") { work }.escalate { for rule in rules { rule } }
      case .dataflow: Dataflow("step") { work }.escalate { for rule in rules { rule } }
      case .race: Race("step") { work }.escalate { for rule in rules { rule } }
      case .choose:
        Choose("step", on: input) {
          When("one") {
            $0 == 1
          } then: {
            work
          }
          Otherwise { Stage("none", reads: input, writes: result) { $0 } }
        }
        .escalate { for rule in rules { rule } }
      case .loop:
        Stage("begin", reads: input, writes: result) { $0 }
        Repeat("step", result, upTo: 2, until: { $0 > 5 }) { work }
          .escalate { for rule in rules { rule } }
      case .fanOut:
        Stage("spread", reads: input, writes: numbers) { [$0, $0] }
        FanOut("step", over: numbers, into: results) { number, result in
          Stage("work", by: .clerk, reads: number, writes: result) { "Work on \($0)" }
        }
        .escalate { for rule in rules { rule } }
        Stage("gather", reads: results, writes: result) { $0[0] }
      case .call:
        Call(Unsteady(), as: "step", reads: input, writes: result)
          .escalate { for rule in rules { rule } }
      case .wait:
        Wait("step", for: Signal<Int>("go"), writes: result, within: .hours(1))
          .escalate { for rule in rules { rule } }
      }
      Stage("end", reads: result, writes: output) { $0 }
    }
  }

  /// Work that fails in the first take of what holds it; the signal comes while somebody waits again.
  private func simulation(
    _ kind: Kind, decides resolution: Resolution? = nil,
    @RungBuilder rungs: @escaping @Sendable () -> [Rung]
  ) -> Simulation<Holding> {
    Simulation(of: Holding(kind: kind, rungs: rungs)) {
      if kind == .wait {
        Send(Signal<Int>("go"), 7, after: .hours(resolution == nil ? 1 : 90) + .minutes(30))
      } else {
        Stub(.clerk) { asked in
          if !asked.address.contains("~") { throw Refusal("cannot") }
          return .json(7)
        }
      }
      if let resolution { Stub(.boss) { _ in .value(resolution) } }
    }
  }

  @Test(arguments: Kind.allCases)
  func whatIsDoneAgainIsDoneAsAWhole(_ kind: Kind) async throws {
    let run = try await simulation(kind) { Retry() }.run(1)
    #expect(try run.output == 7, "\(run)")
    #expect(run.ladders.count == 1)
  }

  @Test(arguments: Kind.allCases)
  func whatIsSuppliedTakesItsPlace(_ kind: Kind) async throws {
    let run = try await simulation(kind, decides: .supply(kind == .fanOut ? [9] : 9)) {
      Ask(.boss, within: .minutes(5))
    }.run(1)
    #expect(try run.output == 9, "\(run)")
  }

  @Test(arguments: Kind.allCases)
  func aLadderAroundItSurvivesCrashes(_ kind: Kind) async throws {
    try await expectSurvivesCrashes(
      of: simulation(kind) { Retry() }, 1, seeds: [1], pairs: .sampled(10), atMost: 60)
  }
}
