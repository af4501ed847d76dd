import Foundation
import Testing
import Troupe
import TroupeSimulation

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
      #expect(try await store.prune(olderThan: Date(timeIntervalSinceNow: -86_400)) == [])
      let held = store.folder(of: "held").lockPath
      let lock = try await store.files.lock(held, note: "")
      let later = Date(timeIntervalSinceNow: 86_400)
      #expect(try await store.prune(olderThan: later) == ["done"])
      #expect(try await store.ids() == ["failed", "held"])
      lock.release()
      #expect(
        try await store.prune(olderThan: later, includingUnended: true) == ["failed", "held"])
      #expect(try await store.ids() == [])
      #expect(try await store.files.names(in: path + "/tmp") == [])
    }
  }

  /// Starts runs that come to their ends at once.
  private func finish(_ ids: [String], in store: Store) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in ids {
        group.addTask {
          _ = try await Runtime(store: store).run(Add(fails: false), input: 1, id: id)
        }
      }
      try await group.waitForAll()
    }
  }

  private let later = Date(timeIntervalSinceNow: 3_600)

  @Test func manyThatPruneAtOnceRemoveEachRunOnce() async throws {
    try await withTemporaryFolder { path in
      let store = Store.directory(path)
      let ids = (10..<60).map { "run-\($0)" }
      try await finish(ids, in: store)
      let pruned = try await withThrowingTaskGroup(of: [String].self) { group in
        for number in 0..<8 {
          group.addTask {
            // Each begins while others remove runs, and every other one by starting a run.
            while try await store.ids().count(where: ids.contains) > 50 - 6 * number {
              await Task.yield()
            }
            let own = Store.directory(path)
            if number.isMultiple(of: 2) { try await finish(["new-\(number)"], in: own) }
            return try await own.prune(olderThan: later)
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(Set(pruned).count == pruned.count)
      #expect(Set(pruned).isSuperset(of: ids))
      _ = try await store.prune(olderThan: later)
      #expect(try await store.ids() == [])
      #expect(try await store.prune(olderThan: later) == [])
      #expect(try await store.files.names(in: path + "/tmp") == [])
    }
  }

  @Test func whatCannotBeRemovedOfARunThatIsGoneIsLeftOver() async throws {
    let files = MemoryFiles()
    let store = Store(files: files, root: "store")
    try await finish(["a", "b"], in: store)
    // Another process locks the folder in order to remove it, and so puts a lock into it again.
    let faulty = FaultyFiles(files, [FileFault(.remove, of: "/plan.json", failsFor: .notEmpty)])
    #expect(
      try await Store(files: faulty, root: "store").prune(olderThan: later) == ["a", "b"])
    #expect(try await store.ids() == [])
    #expect(try await files.names(in: "store/tmp").count == 1)
    try await finish(["c"], in: Store(files: files, root: "store"))
    #expect(try await files.names(in: "store/tmp") == [], "whoever starts a run removes it")
  }

  @Test func aRunThatIsBeingBuiltIsNotTakenForOneThatIsGone() async throws {
    let store = Store.memory
    try await finish(["a"], in: store)
    let (folder, lock) = try await store.beginBuilding("pruned.17")
    defer { lock.release() }
    #expect(try await store.prune(olderThan: later) == ["a"])
    #expect(try await store.files.names(in: folder.path) == ["lock", "payloads"])
  }

  @Test func aRunThatStaysIsNotLockedMeanwhile() async throws {
    let files = MemoryFiles()
    let store = Store(files: files, root: "store")
    _ = try? await Runtime(store: store).run(Add(fails: true), input: 1, id: "a")
    let lock = store.folder(of: "a").lockPath
    let lookedAt = Lock(0)
    let hooked = HookedFiles(files) { action, path in
      guard action == .read, path.hasPrefix("store/runs/a/") else { return }
      lookedAt.withLock { $0 += 1 }
      await #expect(throws: Never.self) { try await files.lock(lock, note: "goes on").release() }
    }
    #expect(try await Store(files: hooked, root: "store").prune(olderThan: later) == [])
    #expect(lookedAt.withLock { $0 } > 0)
  }

  @Test func aStoreWithoutItsEmptyFoldersIsPruned() async throws {
    let store = Store.memory
    try await finish(["a"], in: store)
    try await store.files.remove("store/tmp")
    #expect(try await store.prune(olderThan: later) == ["a"])
    #expect(try await store.ids() == [])
  }
}
