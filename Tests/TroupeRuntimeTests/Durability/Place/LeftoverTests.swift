import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// What processes leave behind that end while they start a run.
@Suite struct LeftoverTests {
  private struct Echo: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<Int>("out")
    var body: some Step { Stage("echo", reads: input, writes: output) { $0 } }
  }

  private let files = MemoryFiles()

  /// A store with a run, as another process sees it.
  private func store() async throws -> Store {
    let store = Store(files: files, root: "store")
    _ = try await Runtime(store: store).run(Echo(), input: 1)
    return Store(files: files, root: "store")
  }

  /// A run that is being built, as far as it got.
  private func leftover(_ name: String) async throws {
    let path = "store/tmp/\(name)"
    for folder in ["", "/payloads", "/mailbox", "/mailbox/new"] {
      try await files.makeFolder(path + folder)
    }
    for file in ["plan.json", "payloads/large.json"] {
      try await files.create("\(path)/\(file)", [1, 2, 3])
    }
  }

  @Test func whatNobodyBuildsAnyMoreIsRemoved() async throws {
    let store = try await store()
    try await leftover("dead")
    try await files.lock("store/tmp/dead/lock", note: "process 1").release()
    try await leftover("without a lock, which the power took away")
    try await files.makeFolder("store/tmp/empty")
    try await files.create("store/tmp/file", [1])
    _ = try await Runtime(store: store).run(Echo(), input: 1)
    #expect(try await files.names(in: "store/tmp") == [])
    #expect(try await store.ids().count == 2)
  }

  @Test func whatALivingProcessBuildsStays() async throws {
    let store = try await store()
    try await leftover("living")
    let lock = try await files.lock("store/tmp/living/lock", note: "process 1")
    _ = try await Runtime(store: store).run(Echo(), input: 1)
    #expect(try await files.names(in: "store/tmp") == ["living"])
    #expect(try await files.names(in: "store/tmp/living").count == 4)
    lock.release()
    _ = try await Runtime(store: try await self.store()).run(Echo(), input: 1)
    #expect(try await files.names(in: "store/tmp") == [])
  }

  @Test func whoBuildsHoldsTheLock() async throws {
    let store = try await store()
    let (folder, lock) = try await store.beginBuilding("a.n")
    let other = Store(files: files, root: "store")
    await other.removeLeftovers()
    #expect(try await files.names(in: folder.path) == ["lock", "payloads"])
    lock.release()
    await Store(files: files, root: "store").removeLeftovers()
    #expect(try await files.names(in: "store/tmp") == [])
  }

  @Test(arguments: [false, true])
  func whatAnotherProcessIsRemovingAsWellIsRemoved(_ isQuicker: Bool) async throws {
    let hooked = HookedFiles(files) { [files] action, path in
      guard action == .names, path == "store/a" else { return }
      try? await files.remove("store/a/b")
      if isQuicker { try? await files.remove("store/a") }
    }
    for folder in ["store", "store/a"] { try await files.makeFolder(folder) }
    try await files.create("store/a/b")
    try await Store(files: hooked, root: "store").removeAll("store/a")
    #expect(try await files.names(in: "store") == [])
  }

  @Test func whoFailsToBuildARunLeavesNothing() async throws {
    _ = try await store()
    // Another process is quicker to remove the folder than this one to lock it.
    let faulty = FaultyFiles(
      files,
      [
        FileFault(.lock, of: "/lock", failsFor: .missing),
        FileFault(.create, of: "/plan.json", failsFor: .noSpace),
      ])
    await #expect(throws: StoreError.self) {
      try await Runtime(store: Store(files: faulty, root: "store")).run(
        Echo(), input: 1, id: "failed")
    }
    let left = try await files.names(in: "store/tmp")
    #expect(left.filter { $0.hasSuffix(".2") } == [], "\(left)")
    #expect(left.count == 1, "the one that the other process would have removed")
  }

  @Test func manyThatStartAndCleanAtOnceDoNotDisturbEachOther() async throws {
    let real = try Folder()
    defer { real.remove() }
    for round in 0..<5 {
      try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<24 {
          group.addTask {
            let store = Store.directory(real.path)
            return try await Runtime(store: store).run(
              Echo(), input: index, id: "\(round)-\(index)")
          }
        }
        var sum = 0
        for try await number in group { sum += number }
        #expect(sum == 276)
      }
    }
    #expect(try await PosixFiles().names(in: real.path + "/runs").count == 120)
    #expect(try await PosixFiles().names(in: real.path + "/tmp") == [])
  }
}
