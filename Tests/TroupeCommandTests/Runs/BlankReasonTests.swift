import Testing
import Troupe
import TroupeCommand

/// Reasons that say nothing.
@Suite struct BlankReasonTests {
  private struct Notice: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("notice")

    var body: some Step {
      Stage("write", reads: input, writes: output) { "News of \($0)." }
        .gate("reads well", reviewedBy: Self.editor)
        .escalate { On(.gateRejected) { Ask(Self.editor) } }
    }
  }

  private static let review = "notice/write/@gate(reads well)"

  private let shell = Shell(
    workflows: [Notice()], team: Team { Member("ann", plays: Notice.editor) { Person() } })

  /// Calls a command on a run that waits for a review.
  private func call(
    _ arguments: [String], then more: [String]...
  ) async throws -> [Shell.Result] {
    try await StoreFolder.with { folder in
      let store = ["--store", folder.store]
      _ = await shell.call(["run", "notice", "--input=x", "--id=a", "--until-waiting"] + store)
      var results: [Shell.Result] = []
      for arguments in [arguments] + more { results.append(await shell.call(arguments + store)) }
      return results
    }
  }

  @Test(
    arguments: [
      ["answer", "a", "reject", "--reason"], ["answer", "a", "abort", "--reason"],
      ["redirect", "a", "--to=ann", "--reason"],
      ["override", "a", review, "--accept", "--why"],
      ["settle", "a", "notice/write", "--not-done", "--why"],
    ], ["", "   ", "\u{A0}\t\u{200B}\n\u{2800}"])
  func aBlankReasonIsRefusedWhereOneIsDemanded(_ words: [String], _ blank: String) async throws {
    let results = try await call(words + [blank])
    #expect(results[0].code == .usage)
    let option = words.last ?? ""
    #expect(
      results[0].errors.hasPrefix("error: option '\(option)' is blank: "), "\(results[0].errors)")
  }

  @Test func aDecisionIsNotWaivedForABlankReason() async throws {
    let results = try await call(
      ["answer", "a", "reject", "--reason=bad"], then: ["resume", "a", "--until-waiting"],
      ["answer", "a", "approve", "--reason", "  "])
    #expect(results[1].code == .waiting, "\(results[1].errors)")
    #expect(results[2].code == .usage)
    #expect(
      results[2].errors.contains("say why it is used although it was not let pass"),
      "\(results[2].errors)")
  }

  @Test func whereNoReasonIsDemandedABlankOneIsNone() async throws {
    let results = try await call(
      ["cancel", "a", "--why", "  "], then: ["show", "a"], ["show", "a", "--json"])
    #expect(results[0].code == .done)
    #expect(results[1].output.contains("its cancellation\n"))
    #expect(!results[2].output.contains("\"why\""))
  }
}
