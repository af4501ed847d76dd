import Foundation
import Testing
import Troupe
import TroupeCommand
import TroupeRuntime

/// What is shown of a run that goes on after its process was killed.
@Suite struct ResumedProgressTests {
  private static let word = Signal<Int>("word")

  /// A stage that is done and under review, a fan-out of which one element is at work, and a wait.
  private struct Open: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    let list = Artifact<[Int]>("list")
    let doubled = Artifact<[Int]>("doubled")
    let draft = Artifact<String>("draft")
    let said = Artifact<Int>("said")
    var name: String { "open" }

    var body: some Step {
      Stage("list", reads: input, writes: list) { Array(1...$0) }
      Parallel("work") {
        Stage("draft", reads: input, writes: draft) { "draft \($0)" }
          .gate("reads well", reviewedBy: Role("editor"), within: .hours(24))
        FanOut("each", over: list, into: doubled) { number, result in
          Stage("double", reads: number, writes: result) { number in
            if number == 3 { try await Task.sleep(for: .seconds(86_400)) }
            return number * 2
          }
        }
        Wait("hear", for: ResumedProgressTests.word, writes: said)
      }
      Stage("end", reads: draft, doubled, said, writes: output) { $1.count + $2 }
    }
  }

  private let team = Team { Member("ann", plays: Role("editor")) { Person() } }

  /// Leaves a store in which a run is as it was when its process was killed.
  private func kill(in folder: StoreFolder) async throws {
    let place = "\(folder.path)/alive"
    let store = Store.directory(place)
    let runtime = Runtime(team: team, store: store)
    try await runtime.withRun(of: Open(), input: 3, id: "a") { run in
      while try await !isOpen(store.history(of: "a")) { await Task.yield() }
      try FileManager.default.copyItem(atPath: place, toPath: folder.store)
      await runtime.stop(grace: .zero)
      _ = try? await run.output
    }
  }

  /// Whether all has begun that can, and ended that will.
  private func isOpen(_ history: RunHistory) -> Bool {
    let begun = history.events.count { event in
      switch event.kind {
      case .asked, .waiting: true
      case .started: event.address.description.hasSuffix("items[3]/double")
      case .finished: event.address.description.hasSuffix("/double")
      default: false
      }
    }
    return begun == 5
  }

  @Test func whatHadBegunIsNotListedAsNotStarted() async throws {
    try await StoreFolder.with { folder in
      try await kill(in: folder)
      let (signals, send) = AsyncStream.makeStream(of: Console.Signal.self)
      send.yield(.terminate)
      let shell = Shell(workflows: [Open()], team: team, signals: { signals })
      let result = await shell.call("resume", "a", "--store", folder.store, "--grace=0s")
      #expect(result.code == .resumable)
      let left = result.errors.split(separator: "\n").filter { $0.hasPrefix("  ") }.map(String.init)
      #expect(left.count == 2, "\(result.errors)")
      let begun =
        "  was running: work/draft, work/draft/@gate(reads well) (ann), work/each (2 of 3 done"
      #expect(left.first?.hasPrefix(begun) == true, "\(left)")
      #expect(left.first?.hasSuffix("), work/hear") == true)
      #expect(left.last == "  not started: end")
    }
  }

  @Test func whatHadBegunIsShownAsGoingOn() async throws {
    try await StoreFolder.with { folder in
      try await kill(in: folder)
      let (signals, send) = AsyncStream.makeStream(of: Console.Signal.self)
      send.yield(.terminate)
      var shell = Shell(workflows: [Open()], team: team, signals: { signals })
      shell.environment = ["TERM": "xterm", "LANG": "C.UTF-8"]
      shell.size = TerminalSize(columns: 80, rows: 20)
      let result = await shell.call("resume", "a", "--store", folder.store, "--grace=0s")
      let last = result.errors.split(separator: "\u{1B}[?7l").last ?? ""
      let lines = last.split(separator: "\r\n").map { $0.replacing(/\u{1B}\[[0-9]*[mK]/, with: "") }
      #expect(lines.contains { $0.contains("✓ list") }, "\(lines)")
      for open in ["work", "draft", "each", "hear", "end"] {
        let isWaiting = lines.contains { $0.contains("· \(open)") }
        #expect(isWaiting == (open == "end"), "\(open) in \(lines)")
      }
      #expect(lines.contains { $0.contains("2 of 3 done") }, "\(lines)")
    }
  }
}
