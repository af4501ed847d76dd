import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// Stores on file systems of other machines.
@Suite struct NetworkStoreTests {
  private struct Echo: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    var body: some Step { Stage("echo", reads: input, writes: output) { $0 } }
  }

  private let files = FaultyFiles(MemoryFiles(), [], areRemote: true)

  @Test func aStoreOnAnotherMachineIsRefusedBeforeAnythingIsCreated() async throws {
    let runtime = Runtime(store: Store(files: files, root: "store"))
    let error = await #expect(throws: StoreError.self) {
      try await runtime.run(Echo(), input: 1, id: "a")
    }
    #expect(
      error?.description == """
        'store' is on a network file system, which promises neither that one process alone runs a \
        run nor that what it has recorded is kept; use a folder on a disk of this machine, or allow \
        it: 'Store.directory(…, allowingNetwork: true)', or '--allow-network-store'
        """)
    await expectFailure(.missing) { _ = try await files.names(in: "store") }
  }

  @Test func aRunThatLiesThereIsNotGoneOnWithEither() async throws {
    let allowed = Store(files: files, root: "store", allowsNetwork: true)
    #expect(try await Runtime(store: allowed).run(Echo(), input: 1, id: "a") == 1)
    let runtime = Runtime(store: Store(files: files, root: "store"))
    await #expect(throws: StoreError.self) { try await runtime.resume(Echo(), id: "a") }
    #expect(try await runtime.resumeAll([Echo()]).count == 1)
  }

  @Test func runsThatLieThereAreNeitherForkedNorRemoved() async throws {
    let allowed = Store(files: files, root: "store", allowsNetwork: true)
    _ = try await Runtime(store: allowed).run(Echo(), input: 1, id: "a")
    let store = Store(files: files, root: "store")
    let later = Date(timeIntervalSinceNow: 3_600)
    await #expect(throws: StoreError.self) { try await store.fork("a", at: 1, as: "b") }
    await #expect(throws: StoreError.self) { try await store.prune(olderThan: later) }
    #expect(try await store.ids() == ["a"])
    #expect(try await allowed.fork("a", at: 1, as: "b") == "b")
    #expect(try await allowed.prune(olderThan: later) == ["a"])
  }

  @Test func aFolderThatIsNotThereYetIsWhereItWillBe() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "troupe-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    let real = Store(files: FaultyFiles(PosixFiles(), [], areRemote: true), root: folder + "/a/b")
    await #expect(throws: StoreError.self) {
      try await Runtime(store: real).run(Echo(), input: 1)
    }
    let here = Store(files: PosixFiles(), root: folder + "/kept")
    #expect(try await Runtime(store: here).run(Echo(), input: 1) == 1)
    let relative = Store(files: FaultyFiles(PosixFiles(), [], areRemote: true), root: "no-such")
    await #expect(throws: StoreError.self) {
      try await Runtime(store: relative).run(Echo(), input: 1)
    }
  }

  @Test func theFolderOfAStoreMayBeAllowed() {
    #expect(!Store.directory("x").allowsNetwork)
    #expect(Store.directory("x", allowingNetwork: true).allowsNetwork)
  }
}
