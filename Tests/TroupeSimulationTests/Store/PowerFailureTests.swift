import Testing
import TroupeRuntime
import TroupeSimulation

/// What a power failure leaves of files, for hundreds of seeds.
@Suite struct PowerFailureTests {
  /// The number of the point between writing and syncing of the last commit.
  private func pointBeforeLastSync(
    _ work: @escaping @Sendable (SimulatedFiles) async throws -> Void
  ) async throws -> Int {
    let points = await Machine(work).files.points
    return try #require(points.last { $0.done == .write && $0.next == .sync }).number
  }

  @Test func whatIsSyncedAlwaysSurvives() async throws {
    let survivors = try await Machine.survivors { files in
      try await files.makeFolder("/a")
      try await files.create("/a/b", "begin")
      try await files.syncFolder("/a")
      try await files.syncFolder("/")
      try await files.commit(" end", to: "/a/b")
    }
    for tree in survivors { #expect(tree.text("/a/b") == "begin end") }
  }

  @Test func anUnsyncedWriteSurvivesWholeInPartOrNotAtAll() async throws {
    let begin = String(repeating: "a", count: 100)
    let batch = String(repeating: "b", count: 1_400)
    let work: @Sendable (SimulatedFiles) async throws -> Void = { files in
      try await files.create("/a", begin)
      try await files.syncFolder("/")
      try await files.commit(batch, to: "/a")
    }
    let point = try await pointBeforeLastSync(work)
    var left: Set<String> = []
    for tree in try await Machine.survivors(crashPoint: point, work) {
      let text = try #require(tree.text("/a"))
      #expect(text.hasPrefix(begin), "what was synced is in the same sector, and stays")
      // The batch has parts of these sectors of the file; each is there or reads as zeros.
      var shape = ""
      for range in [100..<512, 512..<1_024, 1_024..<1_500] where range.lowerBound < text.count {
        let part = Set(Array(text.utf8)[range.clamped(to: 0..<text.count)])
        #expect(part.count == 1, "a sector is written whole or not at all")
        shape += part == [UInt8(ascii: "b")] ? "b" : "0"
      }
      #expect([100, 512, 1_024, 1_500].contains(text.count))
      left.insert(shape)
    }
    // All shapes of all lengths.
    let shapes = (0...3).flatMap { length in
      (0..<(1 << length)).map { bits in
        String((0..<length).map { bits >> $0 & 1 == 1 ? "b" : "0" })
      }
    }
    #expect(left == Set(shapes))
  }

  @Test func aFileMayEndAfterAnyOfItsUnsyncedWrites() async throws {
    let faults = [FileFault(.write, of: "/a", number: 2, failsFor: .noSpace, written: 4)]
    let machine = await Machine(faults: faults, crashPoint: 10) { files in
      try await files.create("/a")
      try await files.syncFolder("/")
      try? await files.commit("one, torn", to: "/a")
      try await files.commit("second", to: "/a")
    }
    #expect(machine.files.points.last?.next == .sync)
    let lengths = (0..<300).map {
      machine.files.disk.afterPowerFailure(seed: $0).tree.text("/a")?.count
    }
    #expect(Set(lengths) == [0, 4, 10])
  }

  @Test func whatAFailedSyncHasNotWrittenNoLaterSyncWrites() async throws {
    var left: Set<String> = []
    for seed in 0..<100 {
      let machine = await Machine(
        seed: UInt64(seed),
        faults: [FileFault(.sync, of: "/a", number: 2, failsFor: .damagedDevice)]
      ) { files in
        try await files.create("/a", "begin ")
        try await files.syncFolder("/")
        try? await files.commit("lost? ", to: "/a")
        try await files.commit("end", to: "/a")
        #expect(try await files.text("/a") == "begin lost? end")
      }
      left.insert(try #require(machine.files.disk.afterPowerFailure(seed: 1).tree.text("/a")))
    }
    #expect(left == ["begin lost? end", "begin \0\0\0\0\0\0end"])
  }

  @Test func cuttingAFileOffMayBeLostUntilItIsSynced() async throws {
    let work: @Sendable (SimulatedFiles) async throws -> Void = { files in
      try await files.create("/a", "whole torn")
      try await files.syncFolder("/")
      try await files.truncate("/a", to: 5)
    }
    let points = await Machine(work).files.points
    let between = try #require(points.first { $0.done == .truncate && $0.next == .sync })
    let unsynced = try await Machine.survivors(crashPoint: between.number, work)
    #expect(Set(unsynced.map { $0.text("/a") }) == ["whole", "whole torn"])
    let synced = try await Machine.survivors(work)
    #expect(Set(synced.map { $0.text("/a") }) == ["whole"])
  }

  @Test func whenOnlyTheProcessEndsAllIsThere() async throws {
    let work: @Sendable (SimulatedFiles) async throws -> Void = { files in
      try await files.create("/a", "begin")
      try await files.commit(" unsynced", to: "/a")
    }
    let point = try await pointBeforeLastSync(work)
    let disk = await Machine(crashPoint: point, work).files.disk
    #expect(disk.tree.text("/a") == "begin unsynced")
    // And still it may be lost later.
    let later = (0..<300).map { disk.afterPowerFailure(seed: $0).tree.text("/a") }
    #expect(Set(later).isSuperset(of: [nil, "begin", "begin unsynced"]))
  }

  @Test func theSeedAloneDecidesWhatIsLeft() async throws {
    let machine = await Machine { files in
      for number in 0..<20 { try await files.create("/\(number)", "\(number)") }
    }
    let disk = machine.files.disk
    let names = (0..<50).map { try? disk.afterPowerFailure(seed: $0).tree.names(in: "/") }
    #expect(names == (0..<50).map { try? disk.afterPowerFailure(seed: $0).tree.names(in: "/") })
    #expect(Set(names).count > 40)
  }
}
