import Testing
import TroupeRuntime

/// What holds for files that are added to, in every layer.
@Suite(.timeLimit(.minutes(10))) struct AppendingLaws {
  @Test(arguments: FileWorld.allCases)
  func commitsAreAddedInTheirOrder(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", "begin")
      let file = try await files.openForAppending("\(folder)/a")
      defer { file.close() }
      for number in 1...20 { try await file.commit(" \(number)") }
      let expected = (1...20).reduce("begin") { "\($0) \($1)" }
      #expect(try await files.text("\(folder)/a") == expected)
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whatIsAddedBeforeTheWritingBeginsIsInTheBatch(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a")
      let file = try await files.openForAppending("\(folder)/a")
      defer { file.close() }
      let pending = Lock("first")
      let taken = Lock(0)
      await withCheckedContinuation { continuation in
        // The lock is held meanwhile: neither closure may be called before `commit` has returned.
        pending.withLock { text in
          file.commit {
            taken.withLock { $0 += 1 }
            return pending.withLock { Array($0.utf8) }
          } then: { result in
            pending.withLock { _ in }
            if case .failure(let error) = result { Issue.record(error) }
            continuation.resume()
          }
          text += " second"
        }
      }
      #expect(try await files.text("\(folder)/a") == "first second")
      #expect(taken.withLock { $0 } == 1)
    }
  }

  @Test(arguments: FileWorld.allCases)
  func aLargeBatchIsWrittenWhole(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a")
      let file = try await files.openForAppending("\(folder)/a")
      defer { file.close() }
      let text = String(repeating: "0123456789abcde\n", count: 40_000)
      try await file.commit(text)
      try await file.commit("")
      #expect(try await files.text("\(folder)/a") == text)
    }
  }

  @Test(arguments: FileWorld.allCases)
  func manyFilesAreCommittedAtOnce(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<64 {
          group.addTask {
            try await files.create("\(folder)/\(number)")
            let file = try await files.openForAppending("\(folder)/\(number)")
            defer { file.close() }
            try await file.commit("one \(number)")
            try await file.commit(", two \(number)")
          }
        }
        try await group.waitForAll()
      }
      for number in 0..<64 {
        #expect(try await files.text("\(folder)/\(number)") == "one \(number), two \(number)")
      }
    }
  }

  @Test(arguments: FileWorld.allCases)
  func anOpenFileStaysTheSameWhateverBecomesOfItsName(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", "a")
      let file = try await files.openForAppending("\(folder)/a")
      try await files.rename("\(folder)/a", to: "\(folder)/b")
      try await file.commit("b")
      #expect(try await files.text("\(folder)/b") == "ab")
      try await files.remove("\(folder)/b")
      try await file.commit("c")
      try await files.create("\(folder)/b", "new")
      file.close()
      #expect(try await files.text("\(folder)/b") == "new")
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whatIsWrittenOnceMoreStaysAsItIs(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", "begin, end")
      for (offset, part) in [(0, "begin, end"), (5, ", "), (6, " end"), (10, "")] {
        try await files.rewrite("\(folder)/a", Array(part.utf8), at: offset)
        #expect(try await files.text("\(folder)/a") == "begin, end")
      }
      await expectFailure(.missing) { try await files.rewrite("\(folder)/b", [], at: 0) }
    }
  }

  @Test(arguments: FileWorld.allCases)
  func whatIsCutOffIsGone(_ world: FileWorld) async throws {
    try await world.run { files, folder in
      try await files.create("\(folder)/a", "whole torn")
      try await files.truncate("\(folder)/a", to: 5)
      #expect(try await files.text("\(folder)/a") == "whole")
      let file = try await files.openForAppending("\(folder)/a")
      defer { file.close() }
      try await file.commit(" again")
      #expect(try await files.text("\(folder)/a") == "whole again")
      try await files.truncate("\(folder)/a", to: 0)
      try await file.commit("all")
      #expect(try await files.text("\(folder)/a") == "all")
      await expectFailure(.invalid) { try await files.truncate("\(folder)/a", to: -1) }
      await expectFailure(.invalid) { try await files.truncate("\(folder)/a", to: 1_000_000) }
    }
  }
}
