import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

/// What is shown of a run that goes on whose journal was compacted.
@Suite struct CompactedProgressTests {
  private static let word = Signal<Int>("word")

  /// A loop and a fan-out, and a wait after them.
  private struct Long: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let total = Artifact<Int>("total")
    let list = Artifact<[Int]>("list")
    let doubled = Artifact<[Int]>("doubled")
    let said = Artifact<Int>("said")
    var name: String { "long" }

    var body: some Step {
      Stage("begin", reads: input, writes: total) { $0 }
      Repeat("count", total, upTo: 60, until: { $0 >= 50 }) {
        Stage("add", reads: total, writes: total) { $0 + 1 }
      }
      Stage("list", reads: total, writes: list) { _ in Array(1...40) }
      FanOut("each", over: list, into: doubled) { number, result in
        Stage("double", reads: number, writes: result) { $0 * 2 }
      }
      Wait("hear", for: CompactedProgressTests.word, writes: said)
      Stage("end", reads: total, writes: output) { $0 }
    }
  }

  /// A store in which a run waits, and little is known of what was before.
  private func waiting(in folder: StoreFolder) async throws -> Store {
    let store = Store.directory(folder.store, retention: Retention(compactsAfter: 30, keeping: 1))
    let runtime = Runtime(store: store)
    try await runtime.withRun(of: Long(), input: 0, id: "a") { run in
      // Not by its events: that it waits may be forgotten before anybody has read it.
      while try await isAtWork(in: store) { await Task.yield() }
      await runtime.stop(grace: .zero)
      _ = try? await run.output
    }
    return store
  }

  /// Whether anything more happens or is compacted.
  private func isAtWork(in store: Store) async throws -> Bool {
    let history = try await store.history(of: "a")
    guard case .waiting = history.status else { return true }
    let snapshot = history.events.last { if case .snapshot = $0.kind { true } else { false } }
    return history.records - (snapshot?.sequence ?? 0) >= 30
  }

  @Test func whatWasDoneBeforeIsShownAsDone() async throws {
    try await StoreFolder.with { folder in
      _ = try await waiting(in: folder)
      var shell = Shell(workflows: [Long()])
      shell.environment = ["TERM": "xterm", "LANG": "C.UTF-8"]
      shell.size = TerminalSize(columns: 60, rows: 20)
      let result = await shell.call("resume", "a", "--store", folder.store, "--until-waiting")
      #expect(result.code == .waiting)
      let last = result.errors.split(separator: "\u{1B}[?7l").last ?? ""
      let lines = last.split(separator: "\r\n").map { $0.replacing(/\u{1B}\[[0-9]*[mK]/, with: "") }
      for done in ["begin", "count", "add", "list", "each"] {
        #expect(lines.contains { $0.contains("✓ " + done) }, "\(lines)")
      }
      #expect(lines.contains { $0.contains("40 of 40 done") })
      #expect(lines.contains { $0.contains("round 50 of 60") })
    }
  }

  @Test func whatWasDoneBeforeIsNotListedAsNotStarted() async throws {
    try await StoreFolder.with { folder in
      _ = try await waiting(in: folder)
      let (signals, send) = AsyncStream.makeStream(of: Console.Signal.self)
      send.yield(.terminate)
      let shell = Shell(workflows: [Long()], signals: { signals })
      let result = await shell.call("resume", "a", "--store", folder.store)
      #expect(result.code == .resumable)
      #expect(
        result.errors.contains("\n  was running: hear\n  not started: end\n"), "\(result.errors)")
    }
  }
}
