import Foundation
import Testing
import Troupe
import TroupeCommand

/// What the command line says of runs that were stopped while something was at work that must not be
/// done twice.
@Suite struct DoubtCommandTests {
  /// Has its process asked to stop while it pays.
  private struct Paying: Workflow {
    let input = Artifact<String>("input")
    let output = Artifact<String>("receipt")
    let send: AsyncStream<Console.Signal>.Continuation
    var name: String { "paying" }

    var body: some Step {
      Stage("pay", reads: input, writes: output) { sum in
        send.yield(.terminate)
        try await Task.sleep(for: .seconds(3600))
        return sum
      }
      .atMostOnce()
    }
  }

  @Test func workThatWasCutOffIsListedAsInDoubt() async throws {
    let (signals, send) = AsyncStream.makeStream(of: Console.Signal.self)
    let shell = Shell(workflows: [Paying(send: send)], signals: { signals })
    try await StoreFolder.with { folder in
      let (words, store) = (["--store", folder.store], folder.store)
      let end = "--why 'how you know' --store \(store)\n"
      let hint = """
        settle 'paying/pay' with one of:
          newsroom settle a paying/pay --output 'some text' \(end)\
          newsroom settle a paying/pay --not-done \(end)\
          newsroom settle a paying/pay --abort \(end)
        """
      let run = await shell.call(
        ["run", "paying", "--input=5", "--id=a", "--grace", "0 s"] + words)
      #expect(run.code == .resumable)
      #expect(run.errors.contains("\n" + hint), "\(run.errors)")
      let list = await shell.call(["runs"] + words)
      #expect(list.output.contains("  stopped: inDoubt  "))
      #expect(
        list.output.hasSuffix(
          "\nrun a is in doubt about 'paying/pay': nobody knows whether it was done\n"))
      #expect(list.errors == hint)
      let json = await shell.call(["runs", "--json"] + words).output
      #expect(json.contains(#""reason": "inDoubt""#))
      #expect(json.contains("\"doubts\": [\n      \"paying/pay\""), "\(json)")
      let shown = await shell.call(["show", "a"] + words)
      #expect(shown.output.contains("\nstate        stopped, because nobody knows whether"))
      #expect(
        shown.output.contains("\nin doubt     'paying/pay': nobody knows whether it was done\n"))
      #expect(shown.errors == hint)
      #expect(await shell.call(["show", "a", "--json"] + words).output.contains("\"doubts\": ["))
    }
  }
}
