import Testing
import TroupeRuntime

/// What holds for the files of every layer.
@Suite(.timeLimit(.minutes(10))) struct FileLaws {
  @Test(arguments: FileWorld.allCases)
  func whatIsCreatedCanBeRead(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", [0, 255, 10])
      try await files.create("\(folder)/empty", [])
      #expect(try await files.read("\(folder)/a", limit: 3) == [0, 255, 10])
      #expect(try await files.read("\(folder)/empty", limit: 0) == [])
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whatIsThereIsNotCreatedAgain(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", "first")
      try await files.makeFolder("\(folder)/b")
      await expectFailure(.exists) { try await files.create("\(folder)/a", "second") }
      await expectFailure(.exists) { try await files.create("\(folder)/b", "second") }
      await expectFailure(.exists) { try await files.makeFolder("\(folder)/a") }
      await expectFailure(.exists) { try await files.makeFolder("\(folder)/b") }
      #expect(try await files.text("\(folder)/a") == "first")
    }
  }

  @Test(arguments: FileWorld.allCases)
  func namesAreSortedByTheirBytes(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      #expect(try await files.names(in: folder) == [])
      for name in ["b", "\u{E9}", "a", "Z", "\u{FF5A}", "a.b", ".c", "a-b"] {
        try await files.create("\(folder)/\(name)")
      }
      try await files.makeFolder("\(folder)/aa")
      #expect(
        try await files.names(in: folder)
          == [".c", "Z", "a", "a-b", "a.b", "aa", "b", "\u{E9}", "\u{FF5A}"])
    }
  }

  @Test(arguments: FileWorld.allCases)
  func moreBytesThanTheLimitAreNotRead(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", [UInt8](repeating: 7, count: 100_000))
      #expect(try await files.read("\(folder)/a", limit: 100_000).count == 100_000)
      await expectFailure(.tooLarge) { _ = try await files.read("\(folder)/a", limit: 99_999) }
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whatIsMissingIsSaidToBe(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      for path in ["\(folder)/no", "\(folder)/no/no"] {
        await expectFailure(.missing) { _ = try await files.read(path, limit: 1) }
        await expectFailure(.missing) { _ = try await files.names(in: path) }
        await expectFailure(.missing) { try await files.remove(path) }
        await expectFailure(.missing) { try await files.rename(path, to: "\(folder)/b") }
        await expectFailure(.missing) { try await files.truncate(path, to: 0) }
        await expectFailure(.missing) { try await files.syncFolder(path) }
        await expectFailure(.missing) { _ = try await files.openForAppending(path) }
        await expectFailure(.missing) { try await files.create("\(path)/a") }
        await expectFailure(.missing) { try await files.makeFolder("\(path)/a") }
        await expectFailure(.missing) { _ = try await files.lock("\(path)/a", note: "") }
      }
      try await files.create("\(folder)/a")
      await expectFailure(.missing) { try await files.rename("\(folder)/a", to: "\(folder)/b/c") }
      #expect(try await files.names(in: folder) == ["a"])
    }
  }

  @Test(arguments: FileWorld.allCases)
  func aFileIsNoFolderAndAFolderNoFile(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      let (file, inner) = ("\(folder)/file", "\(folder)/inner")
      try await files.create(file)
      try await files.makeFolder(inner)
      await expectFailure(.noFolder) { _ = try await files.names(in: file) }
      await expectFailure(.noFolder) { try await files.syncFolder(file) }
      await expectFailure(.noFolder) { _ = try await files.read("\(file)/a", limit: 1) }
      await expectFailure(.noFolder) { try await files.create("\(file)/a") }
      await expectFailure(.noFolder) { try await files.rename(inner, to: file) }
      await expectFailure(.isFolder) { try await files.rename(file, to: inner) }
      await expectFailure(.isFolder) { _ = try await files.read(inner, limit: 1) }
      await expectFailure(.isFolder) { _ = try await files.openForAppending(inner) }
      await expectFailure(.isFolder) { try await files.truncate(inner, to: 0) }
      await expectFailure(.isFolder) { _ = try await files.lock(inner, note: "") }
    }
  }

  @Test(arguments: FileWorld.allCases)
  func aNameHasALimitedLength(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      let name = String(repeating: "n", count: 255)
      try await files.create("\(folder)/\(name)")
      #expect(try await files.names(in: folder) == [name])
      await expectFailure(.nameTooLong) { try await files.create("\(folder)/n\(name)") }
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whatHasBegunIsFinishedThoughTheTaskIsCancelled(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.cancelAll()
        group.addTask {
          #expect(Task.isCancelled)
          try await files.create("\(folder)/a", "whole")
          try await files.rename("\(folder)/a", to: "\(folder)/b")
          try await files.syncFolder(folder)
        }
        try await group.waitForAll()
      }
      #expect(try await files.text("\(folder)/b") == "whole")
    }
  }
}
