import Foundation
import Testing
import Troupe
import TroupeCommand

/// What has been said to a run that nobody runs, and that it has not taken yet.
@Suite struct NotTakenTests {
  /// Waits for an editor, then for a number.
  private struct Asking: Workflow {
    static let editor = Role("editor")

    let input = Artifact<String>("input")
    let output = Artifact<Int>("number")
    let text = Artifact<String>("text")
    var body: some Step {
      Stage("write", by: Self.editor, reads: input, writes: text) { $0 }
      Wait("ask", for: Signal<Int>("answer"), writes: output)
    }
  }

  private var shell: Shell {
    Shell(
      workflows: [Asking()],
      team: Team {
        Member("ann", plays: Asking.editor) { Person() }
        Member("ben", plays: Asking.editor) { Person() }
      }, environment: ["USER": "Otto"])
  }

  @Test(
    arguments: [
      (
        ["cancel", "a", "--why", "ordered twice"],
        "its cancellation, asked for by Otto: ordered twice"
      ),
      (["signal", "a", "answer", "--value=4"], "signal 'answer' from Otto"),
      (
        ["answer", "a", "supply", "--value=x", "--as=ann"],
        "the answer to request 'asking/write': 'ann' supplies it"
      ),
      (
        ["redirect", "a", "--to=ben", "--reason=so"],
        "that request 'asking/write' is to go to 'ben', decided by Otto: so"
      ),
      (
        ["override", "a", "asking/write", "--output=x", "--why=so"],
        "what was decided about 'asking/write': it gives what was said, decided by Otto: so"
      ),
    ] as [([String], String)])
  func itIsShownUntilTheRunHasTakenIt(_ said: [String], _ words: String) async throws {
    try await StoreFolder.with { folder in
      let store = ["--store", folder.store]
      let resume = "resume with: newsroom resume a --store \(folder.store)\n"
      _ = await shell.call(
        ["run", "asking", "--input=x", "--id=a", "--until-waiting", "--quiet"] + store)
      for command in [["runs"], ["show", "a"]] {
        let before = await shell.call(command + store)
        #expect(!before.output.contains("taken"))
        #expect(!before.errors.contains("resume with"))
      }
      #expect(await shell.call(said + store).code == .done)
      let list = await shell.call(["runs"] + store)
      #expect(list.output.hasSuffix("\nrun a has not yet taken \(words)\n"), "\(list.output)")
      #expect(list.errors.hasSuffix(resume))
      let shown = await shell.call(["show", "a"] + store)
      #expect(shown.output.contains("\nnot taken    \(words)\n"), "\(shown.output)")
      #expect(shown.errors.contains(resume))
      #expect(await !shell.call(["show", "a", "--at", "2"] + store).output.contains("not taken"))
      for command in [["runs", "--json"], ["show", "a", "--json"]] {
        let text = await shell.call(command + store).output
        var json = try JSONValue(parsing: text)
        if case .array(let runs) = json { json = runs[0] }
        guard case .array(let pending)? = json["pending"] else {
          Issue.record("\(text)")
          return
        }
        #expect(pending.count == 1)
        #expect(pending[0]["type"] == .string(said[0]))
        #expect(pending[0]["from"] == "Otto")
        #expect(pending[0]["format"] == nil)
      }
      _ = await shell.call(["resume", "a", "--until-waiting", "--quiet"] + store)
      #expect(await !shell.call(["runs"] + store).output.contains("taken"))
    }
  }
}
