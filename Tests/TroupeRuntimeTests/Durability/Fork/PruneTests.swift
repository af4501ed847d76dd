import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Removing runs that nobody needs any more.
@Suite struct PruneTests {
  private struct Add: Workflow {
    let fails: Bool
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step {
      Stage("add", reads: input, writes: output) { number in
        if fails { throw Mishap() }
        return number + 1
      }
    }
  }

  @Test func runsThatEndedLongAgoAreRemovedAndNoOthers() async throws {
    try await withTemporaryFolder { path in
      let store = Store.directory(path)
      let runtime = Runtime(store: store)
      _ = try await runtime.run(Add(fails: false), input: 1, id: "done")
      _ = try? await runtime.run(Add(fails: true), input: 1, id: "failed")
      _ = try await runtime.run(Add(fails: false), input: 1, id: "held")
      #expect(try await store.prune(olderThan: Date(timeIntervalSinceNow: -60)) == [])
      let held = store.folder(of: "held").lockPath
      let lock = try await store.files.lock(held, note: "")
      let later = Date(timeIntervalSinceNow: 60)
      #expect(try await store.prune(olderThan: later) == ["done"])
      #expect(try await store.ids() == ["failed", "held"])
      lock.release()
      #expect(
        try await store.prune(olderThan: later, includingUnended: true) == ["failed", "held"])
      #expect(try await store.ids() == [])
      #expect(try await store.files.names(in: path + "/tmp") == [])
    }
  }
}
