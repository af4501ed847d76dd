import Testing
import Troupe
import TroupeTesting

/// A draft whose ladder is climbed to its last rung, a phase that is done again as a whole, work that
/// is in doubt, and a workflow's own ladder, which all of it does not need.
struct Escalating: Workflow {
  let input = Artifact<Int>("input")
  let output = Artifact<Int>("output")
  let draft = Artifact<Int>("draft")
  let sum = Artifact<Int>("sum")
  let receipt = Artifact<Int>("receipt")

  var escalation: [On] {
    On(.failure) { Abort("it should not have come to this") }
  }

  var body: some Step {
    Parallel("both") {
      Stage("draft", by: .clerk, reads: input, writes: draft) { "Draft \($0)" }
        .retry(attempts: 2, backoff: .constant(.seconds(5)))
        .gate("small", otherwise: .rework(upTo: 1, then: .escalate)) { $0 < 100 }
        .gate("even") { $0 % 2 == 0 }
        .escalate {
          On(.gateRejected) {
            Notify("operations")
            Ask(.expert, within: .hours(2))
            Reassign(to: .expert)
            Ask(.boss, within: .hours(1))
            Abort("nobody would sign it off")
          }
          On(.failure, .timeout) { Retry() }
        }
      Phase("sum") {
        Stage("count", by: .clerk, reads: input, writes: sum) { "Count \($0)" }
          .timeout(.minutes(1))
        Stage("add", reads: sum, writes: sum) { $0 + 1 }
      }
      .escalate {
        On(.timeout) {
          Retry()
          Fallback { Stage("guess", reads: input, writes: sum) { $0 } }
        }
      }
    }
    Stage("charge", by: .clerk, reads: draft, sum, writes: receipt) { "Charge \($0 + $1)" }
      .atMostOnce()
      .escalate {
        On(.inDoubt) {
          Ask(.boss, within: .hours(1))
          Fallback { Stage("book by hand", reads: sum, writes: receipt) { _ in 1_000 } }
        }
      }
    Stage("total", reads: draft, sum, receipt, writes: output) { $0 + $1 + $2 }
  }

  static var simulation: Simulation<Escalating> {
    Simulation(of: Escalating()) {
      Stub("draft", as: Int.self) { asked in
        if asked.take == 1, asked.attempt == 1 { throw Refusal("busy") }
        return asked.role == Role.expert.id ? 51 : 500
      }
      Stub("both/draft/@escalation(2)", as: Resolution.self) { .retry(guidance: "smaller") }
        .fault(.hangs)
      Stub("both/draft/@escalation(4)", as: Resolution.self) { asked in
        asked.prompt.contains("51") ? .accept(reason: "odd, but fine") : .abort(reason: "what?")
      }
      Stub("count", as: Int.self) { 3 }.fault(.late(by: .hours(1)), on: .chance(0.7))
      Stub("charge", as: Int.self) { asked in
        if asked.take == 1 { throw Refusal("the line is dead") }
        return 1_000
      }
      Stub("charge/@escalation(1)", as: Resolution.self) { .retry() }
    }
  }
}

/// Ladders, ended at every record and gone on with.
@Suite struct LadderCrashTests {
  @Test func aLadderGoesOnWhereItWas() async throws {
    let report = try await expectSurvivesCrashes(
      of: Escalating.simulation, 1, seeds: Simulation.seeds(2), pairs: .sampled(60))
    #expect(report.points > 100)
    #expect(report.resumes > 200)
  }

  @Test(arguments: Simulation.seeds(200))
  func aLadderIsClimbedOnceWhateverTheOrder(_ seed: Seed) async throws {
    let run = try await Escalating.simulation.run(1, seed: seed)
    let sum = try run.stage("guess").ran ? 1 : 4
    #expect(try run.output == 51 + sum + 1_000, "\(run)")
    let drafting = run.events.filter { $0.address.path.shortened == "draft" }.compactMap(\.rung)
    #expect(drafting == [1, 2, 3, 4])
    #expect(try run.stage("draft").takes == 3)
    #expect(try run.stage("draft").judgements.last?.consequence == .waive)
    #expect(try run.stage("charge").takes == 2)
  }
}

extension Path {
  /// The last name along the path.
  var shortened: String { String(last) }
}

extension Event {
  /// The rung to which a ladder came.
  var rung: Int? { if case .reached(let rung, _) = kind { rung } else { nil } }
}
