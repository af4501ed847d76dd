import Testing
import TroupeRuntime

/// What holds for the locks of every layer.
@Suite(.timeLimit(.minutes(10))) struct LockLaws {
  @Test(arguments: FileWorld.allCases)
  func aLockExcludesEverybodyUntilItIsReleased(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      let first = try await files.lock("\(folder)/lock", note: "first")
      await #expect(throws: FileIsLocked.self) {
        try await files.lock("\(folder)/lock", note: "second")
      }
      first.release()
      let second = try await files.lock("\(folder)/lock", note: "second")
      first.release()
      await #expect(throws: FileIsLocked.self, "a lock is released once") {
        try await files.lock("\(folder)/lock", note: "third")
      }
      second.release()
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whoComesTooLateIsToldWhoHoldsIt(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.lock("\(folder)/lock", note: "somebody with a longer note").release()
      let lock = try await files.lock("\(folder)/lock", note: "process 17")
      defer { lock.release() }
      let error = await #expect(throws: FileIsLocked.self) {
        try await files.lock("\(folder)/lock", note: "process 18")
      }
      #expect(error?.note == "process 17")
      #expect(try await files.text("\(folder)/lock") == "process 17")
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whoAsksForTheHolderIsToldAndKeepsNobodyOut(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      #expect(try await files.holder(of: "\(folder)/lock") == nil)
      #expect(try await files.names(in: folder).isEmpty, "asking creates nothing")
      let lock = try await files.lock("\(folder)/lock", note: "process 17")
      #expect(try await files.holder(of: "\(folder)/lock") == "process 17")
      await #expect(throws: FileIsLocked.self) {
        try await files.lock("\(folder)/lock", note: "second")
      }
      lock.release()
      #expect(try await files.holder(of: "\(folder)/lock") == nil)
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<4 {
          group.addTask {
            for _ in 0..<200 { _ = try? await files.holder(of: "\(folder)/lock") }
          }
        }
        group.addTask {
          for _ in 0..<200 {
            await #expect(throws: Never.self) {
              try await files.lock("\(folder)/lock", note: "us").release()
            }
          }
        }
      }
    }
  }

  @Test(arguments: FileWorld.allCases)
  func theFileStaysWhenTheLockGoes(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.lock("\(folder)/lock", note: "was here").release()
      #expect(try await files.names(in: folder) == ["lock"])
    }
  }

  @Test(arguments: FileWorld.allCases)
  func locksOfDifferentFilesAreIndependent(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      let first = try await files.lock("\(folder)/a", note: "")
      let second = try await files.lock("\(folder)/b", note: "")
      first.release()
      await #expect(throws: FileIsLocked.self) { try await files.lock("\(folder)/b", note: "") }
      second.release()
    }
  }

  @Test(arguments: FileWorld.allCases)
  func ofManyWhoComeAtOnceOneGetsTheLock(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      let locks = await withTaskGroup(of: (any FileLock)?.self) { group in
        for number in 0..<32 {
          group.addTask { try? await files.lock("\(folder)/lock", note: "\(number)") }
        }
        return await group.reduce(into: [any FileLock]()) { if let lock = $1 { $0.append(lock) } }
      }
      #expect(locks.count == 1)
      for lock in locks { lock.release() }
    }
  }
}
