import Foundation
import Testing
import Troupe
import TroupeCommand

/// An operator's last word from the command line.
@Suite struct OverrideCommandTests {
  private struct Notice: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("notice")

    var body: some Step {
      Stage("write", reads: input, writes: output) { "News of \($0)." }
        .gate("reads well", reviewedBy: Self.editor)
    }
  }

  private static let review = "notice/write/@gate(reads well)"

  private let team = Team { Member("ann", plays: Notice.editor) { Person() } }

  private func call(_ folder: StoreFolder, _ arguments: String...) async -> Shell.Result {
    await Shell(workflows: [Notice()], team: team, environment: ["USER": "otto"])
      .call(["override", "piece"] + arguments + ["--store", folder.store])
  }

  @Test func whatPeopleAreAskedForIsDecided() async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      let result = await call(folder, Self.review, "--accept", "--why", "Ann is away")
      #expect(result.code == .done)
      #expect(
        result.output == """
          handed in to run 'piece': what was decided about '\(Self.review)'; it takes it when it is \
          resumed

          """)
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      #expect(try await runtime.store?.history(of: "piece").output == "News of cats.")
      let late = await call(folder, Self.review, "--accept", "--why", "Ann is away")
      #expect(late.code == .usage)
      #expect(late.errors.contains("run 'piece' has already ended"), "\(late.errors)")
    }
  }

  @Test(arguments: [
    (["--accept"], "'override' needs '--why'"),
    (["--why", "late"], "'override' needs one of '--accept' and '--output'"),
    (["--why", "late", "--accept", "--output", "1"], "'override' needs one of"),
    (["--why", "late", "--output", "1"], "it is a review; accept it, or let it be answered"),
  ])
  func whatIsUnclearOrDoesNotFitIsRefused(_ arguments: [String], _ reason: String) async throws {
    try await StoreFolder.with { folder in
      let runtime = Runtime(team: team, store: .directory(folder.store))
      _ = try await runtime.advance(Notice(), input: "cats", id: "piece")
      let result = await Shell(workflows: [Notice()], team: team)
        .call(["override", "piece", Self.review, "--store", folder.store] + arguments)
      #expect(result.code == .usage)
      #expect(result.errors.contains(reason), "\(result.errors)")
    }
  }

  /// A text that is too short, about which an editor is asked.
  private struct Column: Workflow {
    let input = Artifact<String>("topic")
    let output = Artifact<String>("text")

    var body: some Step {
      Stage("write it", reads: input, writes: output) { $0 }
        .gate("long enough") { $0.count > 10 ? .accepted : .rejected("too short") }
        .escalate { On(.gateRejected) { Ask(Notice.editor) } }
    }
  }

  /// Fails, and an editor is asked about it.
  private struct Sketch: Workflow {
    struct Lost: Error, CustomStringConvertible { let description = "no pencil" }

    let input = Artifact<String>("topic")
    let output = Artifact<String>("sketch")

    var body: some Step {
      Stage("draw", reads: input, writes: output) { _ in throw Lost() }
        .escalate { On(.failure) { Ask(Notice.editor) } }
    }
  }

  @Test(arguments: [["--accept"], ["--output", "It's a longer text"]])
  func whereALadderAsksTheLineThatWorksIsSaid(_ decision: [String]) async throws {
    try await StoreFolder.with { folder in
      let shell = Shell(workflows: [Column()], team: team, environment: ["USER": "otto"])
      let store = ["--store", "\(folder.path)/my store"]
      _ = await shell.call(["run", "column", "--input=x", "--id=a", "--until-waiting"] + store)
      let refused = await shell.call(
        ["override", "a", "column/write it"] + decision + ["--why", "Ann's away"] + store)
      #expect(refused.code == .usage)
      let line = try #require(refused.errors.split(separator: "  override with: ").last)
      let done = try await shell.type(String(line))
      #expect(done.code == .done, "\(refused.errors)\n\(done.errors)")
      let resumed = await shell.call(["resume", "a"] + store)
      #expect(resumed.output == (decision.count == 1 ? "x\n" : "It's a longer text\n"))
    }
  }

  @Test func whereTheLadderCannotTakeItTheReasonIsSaid() async throws {
    try await StoreFolder.with { folder in
      let shell = Shell(workflows: [Sketch()], team: team)
      let store = ["--store", folder.store]
      _ = await shell.call(["run", "sketch", "--input=x", "--id=a", "--until-waiting"] + store)
      for place in ["sketch/draw", "sketch/draw/@escalation(1)"] {
        let refused = await shell.call(
          ["override", "a", place, "--accept", "--why", "so"] + store)
        #expect(refused.code == .usage)
        #expect(
          refused.errors.hasSuffix("it is a decision; say what its output is\n"),
          "\(refused.errors)")
      }
    }
  }
}
