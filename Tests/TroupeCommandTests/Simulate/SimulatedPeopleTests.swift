import Testing
import Troupe
import TroupeCommand

/// How 'simulate' leads to the people of a workflow who are asked only where something is wrong.
@Suite struct SimulatedPeopleTests {
  private struct Release: Workflow {
    static let manager = Role("manager")
    struct Parameters: Codable, Sendable { var asks = false }

    let input = Artifact<Int>("errors")
    let output = Artifact<Int>("score")
    var parameters = Parameters()

    var body: some Step {
      let scored = Stage("score", reads: input, writes: output) { $0 }
        .gate("few errors") { $0 < 10 ? .accepted : .rejected("\($0) errors") }
      if parameters.asks {
        scored.escalate {
          On(.gateRejected) {
            Ask(Self.manager, within: .hours(4))
            Abort("nobody has waived it")
          }
        }
      } else {
        scored
      }
    }
  }

  private func simulate(_ options: String..., input: String = "") async -> Shell.Result {
    await Shell(workflows: [Release()], input: input)
      .call(["simulate", "release", "--seeds=3"] + options)
  }

  @Test func whereNobodyIsAskedItSaysWhereToLook() async {
    let line = """
      no role has anything to do here; parameters may change that: 'newsroom simulate release \
      --help' lists them

      """
    let result = await simulate()
    #expect(result.code == .done)
    #expect(result.errors == line)
    let wrong = await simulate("--members=manager=1")
    #expect(wrong.code == .usage)
    #expect(wrong.errors.hasSuffix("there is none\n  " + line), "\(wrong.errors)")
    let untimed = await simulate("--durations=-", input: #"{"role:manager": "1 h"}"#)
    #expect(untimed.code == .usage)
    #expect(untimed.errors.hasSuffix("\n  " + line), "\(untimed.errors)")
  }

  @Test func whoeverIsNeverAskedIsNamedWithWhatLeadsThere() async {
    let result = await simulate("--set=asks=true")
    #expect(result.errors.isEmpty)
    #expect(
      result.output.contains("never asked, because nothing led to them: 'manager'; where code"),
      "\(result.output)")
    #expect(result.output.contains("'--code' and '--input'"))
  }

  @Test func whatAGateRejectsIsWaivedByWhoeverIsAsked() async throws {
    let words = ["--set=asks=true", "--code", "--input=50"]
    let result = await simulate(words[0], words[1], words[2], "--json")
    #expect(result.code == .done, "\(result.output)")
    let report = try JSONValue(parsing: result.output)
    guard case .array(let roles)? = report["figures"]?["roles"] else {
      Issue.record("\(report)")
      return
    }
    #expect(roles.map { $0["role"] } == ["manager"])
    #expect(roles.first?["assignments"] == 1)
    let text = await simulate(words[0], words[1], words[2]).output
    #expect(!text.contains("never asked"))
  }
}
