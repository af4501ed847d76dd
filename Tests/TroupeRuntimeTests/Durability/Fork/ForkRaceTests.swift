import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Forks of runs that go on meanwhile.
@Suite struct ForkRaceTests {
  private struct Pay: Workflow {
    let input = Artifact<Int>("input")
    let output = Artifact<Int>("output")
    var body: some Step {
      Stage("pay", reads: input, writes: output) { $0 }.atMostOnce()
      Effect("fail", reads: output) { _ in throw Mishap() }
    }
  }

  /// The files of a store with a run that has paid and then failed.
  private func files() async throws -> MemoryFiles {
    let files = MemoryFiles()
    _ = try? await Runtime(store: Store(files: files, root: "store")).run(
      Pay(), input: 1, id: "run")
    return files
  }

  @Test func whatIsWrittenAfterTheSyncIsNotForkedAt() async throws {
    let files = try await files()
    let store = Store(files: files, root: "store")
    let last = try #require(try await store.folder(of: "run").records().last?.sequence)
    let isSynced = Lock(false)
    let hooked = HookedFiles(files) { action, path in
      guard path.hasSuffix(".jsonl") else { return }
      // The parent goes on as soon as its journal has been synced.
      switch action {
      case .open: isSynced.withLock { $0 = true }
      case .read where isSynced.withLock({ exchange(&$0, false) }):
        try? await store.record(.stopped(.idle), at: "pay", in: "run", Date())
      default: break
      }
    }
    let other = Store(files: hooked, root: "store")
    let error = await #expect(throws: StoreError.self) {
      try await other.fork("run", at: last + 1, as: "fork")
    }
    #expect(error?.description.contains("has no record \(last + 1)") == true)
    _ = try await other.fork("run", at: last, as: "fork")
  }

  @Test func whatIsCompactedMeanwhileIsNotTakenForNeverBegun() async throws {
    let files = try await files()
    let store = Store(files: files, root: "store")
    let folder = store.folder(of: "run")
    let last = try #require(try await folder.records().last?.sequence)
    let root = try #require(AddressReader(try await folder.plan()).address("pay"))
    let snapshot = JournalWriter.bytes(
      of: [
        (last, Event.Kind.snapshot.record(at: root, more: Array("\"\(Snapshot.member)\":{}".utf8)))
      ], durable: last - 1, at: Date())
    let isRead = Lock(false)
    let hooked = HookedFiles(files) { action, path in
      // The journal is compacted as soon as it is known how the run was.
      if path.hasSuffix("plan.json") { isRead.withLock { $0 = true } }
      guard action == .names, path == folder.path, isRead.withLock({ exchange(&$0, false) })
      else { return }
      try? await files.create(folder.segment(2), snapshot)
      try? await files.remove(folder.segment(1))
    }
    let other = Store(files: hooked, root: "store")
    let gone = await #expect(throws: RecordsAreGone.self) {
      try await other.fork("run", at: 1, as: "fork")
    }
    #expect(gone?.earliest == last)
    #expect(try await store.ids() == ["run"])
  }

  /// Gives what a value was, and changes it.
  private func exchange(_ value: inout Bool, _ new: Bool) -> Bool {
    defer { value = new }
    return value
  }
}

extension Store {
  /// Adds a record to the journal of a run.
  func record(_ kind: Event.Kind, at place: String, in run: String, _ date: Date) async throws {
    let folder = folder(of: run)
    let address = try #require(AddressReader(try await folder.plan()).address(place))
    let last = try #require(try await folder.records().last?.sequence)
    let bytes = JournalWriter.bytes(
      of: [(last + 1, kind.record(at: address, more: []))], durable: last, at: date)
    let file = try await files.openForAppending(folder.segment(1))
    defer { file.close() }
    try await file.commit(String(decoding: bytes, as: UTF8.self))
  }
}
