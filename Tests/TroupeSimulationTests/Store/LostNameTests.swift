import Testing
import TroupeRuntime
import TroupeSimulation

/// What a power failure leaves of names, for hundreds of seeds.
@Suite struct LostNameTests {
  private func names(
    _ work: @escaping @Sendable (SimulatedFiles) async throws -> Void
  ) async throws -> Set<[String]> {
    Set(try await Machine.survivors(work).map { try $0.names(in: "/") })
  }

  @Test func aNewFileMayBeLostUntilItsFolderIsSynced() async throws {
    #expect(try await names { try await $0.create("/a", "synced") } == [[], ["a"]])
    let durable = try await names { files in
      try await files.create("/a", "synced")
      try await files.syncFolder("/")
    }
    #expect(durable == [["a"]])
  }

  @Test func ofSeveralNewFilesAnyMayBeLost() async throws {
    let left = try await names { files in
      for name in ["a", "b", "c"] { try await files.create("/\(name)") }
    }
    #expect(
      left == [
        [], ["a"], ["b"], ["c"], ["a", "b"], ["a", "c"], ["b", "c"], ["a", "b", "c"],
      ])
  }

  @Test func aRemovedFileMayComeBackUntilItsFolderIsSynced() async throws {
    let disk = await Machine { files in
      try await files.create("/a", "here")
      try await files.syncFolder("/")
    }.files.disk
    let removed = try await Machine.survivors(on: disk) { try await $0.remove("/a") }
    #expect(Set(removed.map { $0.text("/a") }) == ["here", nil])
    let durable = try await Machine.survivors(on: disk) { files in
      try await files.remove("/a")
      try await files.syncFolder("/")
    }
    #expect(Set(durable.map { $0.text("/a") }) == [nil])
  }

  @Test func aFileHasItsOldNameOrItsNewOne() async throws {
    let disk = await Machine { files in
      try await files.makeFolder("/tmp")
      try await files.makeFolder("/new")
      try await files.syncFolder("/")
      try await files.create("/tmp/a", "letter")
      try await files.syncFolder("/tmp")
    }.files.disk
    let renamed = try await Machine.survivors(on: disk) { files in
      try await files.rename("/tmp/a", to: "/new/a")
    }
    for tree in renamed { #expect((tree.text("/tmp/a") == nil) != (tree.text("/new/a") == nil)) }
    #expect(Set(renamed.map { $0.text("/new/a") }) == [nil, "letter"])
    let durable = try await Machine.survivors(on: disk) { files in
      try await files.rename("/tmp/a", to: "/new/a")
      try await files.syncFolder("/new")
    }
    for tree in durable { #expect(tree.text("/tmp/a") == nil && tree.text("/new/a") == "letter") }
  }

  @Test func ofAFileThatIsReplacedTheOldOrTheNewOneIsThereWhole() async throws {
    let disk = await Machine { files in
      try await files.create("/a", "old")
      try await files.syncFolder("/")
    }.files.disk
    let left = try await Machine.survivors(on: disk) { files in
      try await files.create("/b", "new")
      try await files.rename("/b", to: "/a")
    }
    #expect(Set(left.map { $0.text("/a") }) == ["old", "new"])
  }

  @Test func severalRenamesOfAFileLeaveItExactlyOneName() async throws {
    let disk = await Machine { files in
      try await files.create("/a", "one")
      try await files.create("/x", "other")
      try await files.syncFolder("/")
    }.files.disk
    let left = try await Machine.survivors(on: disk) { files in
      try await files.rename("/a", to: "/b")
      try await files.rename("/x", to: "/a")
      try await files.rename("/b", to: "/c")
    }
    for tree in left {
      let texts = try tree.names(in: "/").compactMap { tree.text("/\($0)") }
      #expect(texts.sorted() == ["one", "other"])
    }
    #expect(
      Set(try left.map { try $0.names(in: "/") })
        == [["a", "x"], ["b", "x"], ["a", "b"], ["c", "x"], ["a", "c"]])
  }

  @Test func whatIsInAFolderIsLostWithTheFolder() async throws {
    let left = try await Machine.survivors { files in
      try await files.makeFolder("/run")
      try await files.create("/run/plan", "plan")
      try await files.syncFolder("/run")
    }
    #expect(Set(left.map { $0.text("/run/plan") }) == [nil, "plan"])
    #expect(Set(left.map { ((try? $0.names(in: "/run")) ?? ["none"]) }) == [["none"], ["plan"]])
  }

  @Test func aFileThatMovesIntoAFolderIsNotLostWithIt() async throws {
    let disk = await Machine { files in
      try await files.create("/a", "kept")
      try await files.syncFolder("/")
    }.files.disk
    let work: @Sendable (SimulatedFiles) async throws -> Void = { files in
      try await files.makeFolder("/x")
      try await files.makeFolder("/x/y")
      try await files.rename("/a", to: "/x/y/a")
    }
    let left = try await Machine.survivors(on: disk, work)
    #expect(Set(left.map { $0.text("/a") ?? $0.text("/x/y/a") }) == ["kept"])
    #expect(Set(left.map { $0.text("/a") }) == ["kept", nil])
    let synced = try await Machine.survivors(on: disk) { files in
      try await work(files)
      try await files.syncFolder("/x/y")
    }
    #expect(Set(synced.map { $0.text("/x/y/a") }) == ["kept"])
  }
}
