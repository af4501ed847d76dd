import Testing
import TroupeRuntime

/// What holds for renaming and removing in every layer.
@Suite(.timeLimit(.minutes(10))) struct FolderLaws {
  @Test(arguments: FileWorld.allCases)
  func renamingReplacesTheFileThatHadTheName(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/new", "new")
      try await files.create("\(folder)/old", "old")
      try await files.rename("\(folder)/new", to: "\(folder)/old")
      #expect(try await files.names(in: folder) == ["old"])
      #expect(try await files.text("\(folder)/old") == "new")
    }
  }

  @Test(arguments: FileWorld.allCases)
  func aFolderIsRenamedWithAllThatIsInIt(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.makeFolder("\(folder)/temporary")
      try await files.makeFolder("\(folder)/runs")
      try await files.create("\(folder)/temporary/plan", "plan")
      try await files.rename("\(folder)/temporary", to: "\(folder)/runs/one")
      #expect(try await files.names(in: folder) == ["runs"])
      #expect(try await files.text("\(folder)/runs/one/plan") == "plan")
    }
  }

  @Test(arguments: FileWorld.allCases)
  func renamingToTheSameNameChangesNothing(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", "same")
      try await files.rename("\(folder)/a", to: "\(folder)/a")
      #expect(try await files.text("\(folder)/a") == "same")
    }
  }

  @Test(arguments: FileWorld.allCases)
  func onlyAnEmptyFolderIsReplaced(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.makeFolder("\(folder)/a")
      try await files.makeFolder("\(folder)/b")
      try await files.create("\(folder)/b/file")
      await expectFailure(.notEmpty) { try await files.rename("\(folder)/a", to: "\(folder)/b") }
      try await files.rename("\(folder)/b", to: "\(folder)/a")
      #expect(try await files.names(in: folder) == ["a"])
      #expect(try await files.names(in: "\(folder)/a") == ["file"])
    }
  }

  @Test(arguments: FileWorld.allCases)
  func aFolderCannotGoIntoItself(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.makeFolder("\(folder)/a")
      try await files.makeFolder("\(folder)/a/b")
      await expectFailure(.invalid) { try await files.rename("\(folder)/a", to: "\(folder)/a/c") }
      await expectFailure(.invalid) {
        try await files.rename("\(folder)/a", to: "\(folder)/a/b/c")
      }
      #expect(try await files.names(in: "\(folder)/a") == ["b"])
    }
  }

  @Test(arguments: FileWorld.allCases)
  func onlyAnEmptyFolderIsRemoved(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.makeFolder("\(folder)/a")
      try await files.create("\(folder)/a/file")
      await expectFailure(.notEmpty) { try await files.remove("\(folder)/a") }
      try await files.remove("\(folder)/a/file")
      try await files.remove("\(folder)/a")
      #expect(try await files.names(in: folder) == [])
    }
  }
}
