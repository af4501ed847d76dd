import Testing
import Troupe
import TroupeCommand

/// What is said before a run in which a person may be awaited for ever.
@Suite struct DeadlineNoteTests {
  private struct Notice: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("topic")
    let output = Artifact<String>("notice")
    var within: Duration?

    var body: some Step {
      Stage("write", reads: input, writes: output) { "News of \($0)." }
        .gate("reads well", reviewedBy: Self.editor, within: within)
    }
  }

  private static let review = "notice/write/@gate(reads well)"

  private let team = Team { Member("ann", plays: Notice.editor) { Person() } }

  @Test func thatAPersonIsAskedWithoutADeadlineIsSaidBefore() async throws {
    let warning =
      "'\(Self.review)' asks 'ann', a person, without a deadline; say how long it may wait, "
      + "'within: .hours(24)', unless waiting for ever is meant"
    let shell = Shell(workflows: [Notice()], team: team)
    #expect(await shell.call("check").output == "warning: in 'notice', \(warning)\n")
    let shown = await shell.call("team")
    #expect(shown.code == .done)
    #expect(shown.errors == "warning: \(warning)\n")
    let limited = Shell(workflows: [Notice(within: .hours(1))], team: team)
    #expect(await limited.call("check").output == "checked 1 workflow: no problems\n")
    try await StoreFolder.with { folder in
      let run = await shell.call(
        "run", "notice", "--input", "cats", "--until-waiting", "--store", folder.store)
      #expect(run.code == .waiting)
      #expect(run.errors.hasPrefix("warning: \(warning)\n"), "\(run.errors)")
    }
  }
}
