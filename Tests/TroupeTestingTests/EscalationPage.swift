import Foundation
import Testing
import Troupe
import TroupeTesting

// The code of the page "Escalation", as it stands there: a test holds the two together.

extension Role {
  static let columnist = Role("columnist")
  static let staffWriter = Role("staff-writer")
  static let chiefEditor = Role("chief-editor")
}

struct Column: Workflow {
  let input = Artifact<String>("topic")
  let output = Artifact<String>("column")
  let draft = Artifact<String>("draft")

  var body: some Step {
    Stage("draft", by: .columnist, reads: input, writes: draft) { "Write about \($0)." }
      .retry(attempts: 2)
      .timeout(.hours(1))
      .gate("short", otherwise: .rework(upTo: 2, then: .escalate)) { $0.count < 500 }
      .escalate {
        On(.gateRejected) {
          Ask(.chiefEditor, within: .hours(4))
          Abort("nobody would sign it off")
        }
        On(.timeout, .failure) {
          Retry()
          Reassign(to: .staffWriter)
        }
      }
    Stage("set", reads: draft, writes: output) { "“\($0)”" }
  }

  var escalation: [On] {
    On(.failure) {
      Notify("the night desk")
      Ask(.chiefEditor, within: .hours(1))
    }
  }
}

/// A bank of which nobody knows what it has done.
private struct Bank {
  func pay(for text: String) async throws { throw Refusal("the line is dead") }
}

private let bank = Bank()

private struct Commission: Workflow {
  let input = Artifact<String>("text")
  let output = Artifact<String>("copy")

  var body: some Step {
    Stage("copy", reads: input, writes: output) { $0 }
    Effect("pay", reads: output) { text in try await bank.pay(for: text) }
      .atMostOnce()
      .escalate { On(.inDoubt) { Ask(.chiefEditor, within: .hours(8)) } }
  }
}

@Suite struct EscalationPage {
  @Test func aLongDraftIsSignedOffByTheChiefEditor() async throws {
    let simulation = Simulation(of: Column()) {
      Stub(\.draft) { String(repeating: "cats ", count: 200) }
      Stub("draft/@escalation(1)", as: Resolution.self) { .accept(reason: "cats are popular") }
        .taking(.hours(2))
      Stub.examples()
    }
    let run = try await simulation.run("cats")
    #expect(try run.output.count > 500)
    #expect(try run.stage("draft").judgements.last?.consequence == .waive)
  }

  @Test func whatWasPaidAllTheSameIsNotPaidAgain() async throws {
    let team = Team {
      Member("ann", plays: .chiefEditor) { ClosureAgent { _ in .value(Resolution.supply(.null)) } }
    }
    #expect(try await Runtime(team: team).run(Commission(), input: "cats") == "cats")
  }

  @Test func aConcernHasAKindOfItsOwn() async throws {
    let kind: Concern.Kind = "taste"
    #expect(Concern(kind, "is it funny?").description == "a concern about taste: is it funny?")
  }

  @Test func thePageSaysWhatIsTestedHere() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let page = folder.appending(path: "../../Sources/Troupe/Troupe.docc/Escalation.md").standardized
    let blocks = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```swift\n")
      .dropFirst().compactMap { $0.components(separatedBy: "```").first }
    let code = lines(try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8))
    #expect(blocks.count == 3)
    for block in blocks {
      #expect(code.contains(lines(block)), "not in this file:\n\(block)")
    }
  }

  /// The lines without their indentation.
  private func lines(_ text: String) -> String {
    text.split(separator: "\n").map { $0.drop { $0 == " " } }.joined(separator: "\n")
  }
}
