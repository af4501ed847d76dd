import Foundation
import Testing
import Troupe
import TroupeRuntime

/// Compacted journals and forks that were written by earlier versions are gone on with by this one.
@Suite struct KeptLoopTests {
  private struct Loop: Workflow {
    let fails: Bool
    let input = Artifact<Int>("number")
    let output = Artifact<String>("text")
    let sum = Artifact<Int>("sum")

    var body: some Step {
      Stage("begin", reads: input, writes: sum) { $0 }
      Repeat("count", sum, upTo: 50, until: { $0 >= 20 }) {
        Stage("add", reads: sum, writes: sum) { $0 + 1 }
          .gate("right", reviewedBy: Role("clerk"))
      }
      Stage("say", reads: sum, writes: output) { sum in
        if fails { throw CocoaError(.featureUnsupported) }
        return "counted to \(sum)"
      }
      .gate("agreed", reviewedBy: Role("clerk"), quorum: Quorum(1, of: 2))
    }
  }

  private let team = Team {
    for name in ["ann", "bob"] {
      Member(name, plays: Role("clerk")) {
        ClosureAgent { _ in .json(["decision": "accept", "comments": []]) }
      }
    }
  }

  @Test func aCompactedJournalAndItsForkAreGoneOnWith() async throws {
    try await KeptStore.with("format-1-compacted", record: record) { folder in
      let kept = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/runs/kept")
      #expect(!kept.contains("journal-000001.jsonl"), "it is compacted")
      let runtime = Runtime(team: team, store: .directory(folder.path))
      #expect(try await runtime.resume(Loop(fails: false), id: "kept") == "counted to 20")
      #expect(try await runtime.resume(Loop(fails: false), id: "forked") == "counted to 20")
    }
  }

  private func record(at folder: URL) async throws {
    let store = Store.directory(folder.path, retention: Retention(compactsAfter: 30))
    _ = try? await Runtime(team: team, store: store).run(Loop(fails: true), input: 0, id: "kept")
    let last = try await store.history(of: "kept").events.last?.sequence ?? 0
    _ = try await store.fork("kept", at: last, as: "forked")
  }
}
