import Testing
import TroupeRuntime

/// What holds for watched folders of every file layer.
@Suite struct WatchLaws {
  @Test(arguments: FileWorld.allCases)
  func whatComesIntoAFolderIsTold(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.makeFolder(folder + "/new")
      try await files.makeFolder(folder + "/tmp")
      let (calls, continuation) = AsyncStream.makeStream(of: Void.self)
      let watch = files.watch(folder + "/new") { continuation.yield() }
      var iterator = calls.makeAsyncIterator()
      for number in 0..<3 {
        try await files.create(folder + "/tmp/\(number)", "a")
        try await files.rename(folder + "/tmp/\(number)", to: folder + "/new/\(number)")
        repeat {
          await iterator.next()
        } while try await files.names(in: folder + "/new").count <= number
      }
      watch.cancel()
      continuation.finish()
    }
  }

  @Test(arguments: [FileWorld.memory, .simulated])
  func othersAreNotTold(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.makeFolder(folder + "/new")
      try await files.makeFolder(folder + "/other")
      let calls = Notes()
      let watch = files.watch(folder + "/new/") { calls.add("call") }
      try await files.create(folder + "/other/a", "a")
      try await files.create(folder + "/b", "b")
      #expect(calls.all.isEmpty)
      try await files.rename(folder + "/other/a", to: folder + "/new/a")
      #expect(calls.all.count == 1)
      watch.cancel()
      try await files.create(folder + "/new/c", "c")
      #expect(calls.all.count == 1)
    }
  }

  @Test(arguments: FileWorld.allCases)
  func filesBelongToWhoCreatedThem(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create(folder + "/a", "a")
      #expect(try await files.isOwn(folder + "/a"))
      await expectFailure(.missing) { _ = try await files.isOwn(folder + "/b") }
    }
  }
}
