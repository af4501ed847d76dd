import Testing
import TroupeRuntime
import TroupeSimulation

/// Faults on real folders.
@Suite(.timeLimit(.minutes(10))) struct FaultyFilesTests {
  private func files(_ faults: FileFault...) -> FaultyFiles {
    FaultyFiles(PosixFiles(), faults)
  }

  @Test func theStepThatWasChosenIsNotDone() async throws {
    try await withTemporaryFolder { folder in
      let files = files(
        FileFault(.rename, number: 2, failsFor: .readOnly),
        FileFault(.syncFolder, failsFor: .damagedDevice),
        FileFault(.create, of: "/secret", failsFor: .noSpace))
      try await files.create("\(folder)/a")
      try await files.rename("\(folder)/a", to: "\(folder)/b")
      await expectFailure(.readOnly) { try await files.rename("\(folder)/b", to: "\(folder)/c") }
      await expectFailure(.damagedDevice) { try await files.syncFolder(folder) }
      try await files.syncFolder(folder)
      await expectFailure(.noSpace) { try await files.create("\(folder)/secret") }
      #expect(try await files.names(in: folder) == ["b"])
    }
  }

  @Test func aWriteThatFailsLeavesWhatWasWritten() async throws {
    try await withTemporaryFolder { folder in
      let files = files(FileFault(.write, number: 2, failsFor: .noSpace, written: 3))
      try await files.create("\(folder)/a", "one ")
      let file = try await files.openForAppending("\(folder)/a")
      defer { file.close() }
      await expectFailure(.noSpace) { try await file.commit("two three") }
      #expect(try await files.text("\(folder)/a") == "one two")
      try await file.commit("!")
      #expect(try await files.text("\(folder)/a") == "one two!")
    }
  }

  @Test func aSyncThatFailsLeavesWhatWasToBeSynced() async throws {
    try await withTemporaryFolder { folder in
      let files = files(
        FileFault(.sync, number: 1, failsFor: .damagedDevice),
        FileFault(.sync, of: "/b", number: 2, failsFor: .damagedDevice))
      await expectFailure(.damagedDevice) { try await files.create("\(folder)/a", "all") }
      #expect(try await files.text("\(folder)/a") == "all")
      try await files.create("\(folder)/b", "begin")
      let file = try await files.openForAppending("\(folder)/b")
      defer { file.close() }
      await expectFailure(.damagedDevice) { try await file.commit(" end") }
      #expect(try await files.text("\(folder)/b") == "begin end")
    }
  }
}
