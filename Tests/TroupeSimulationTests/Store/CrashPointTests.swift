import Testing
import TroupeRuntime
import TroupeSimulation

/// Machines that end at each moment at which they can.
@Suite struct CrashPointTests {
  /// Hands a letter in, as senders do.
  @Sendable private static func send(_ files: SimulatedFiles) async throws {
    try await files.create("/tmp/1", "letter")
    try await files.rename("/tmp/1", to: "/new/1")
    try await files.syncFolder("/new")
  }

  private func mailbox() async -> SimulatedDisk {
    await Machine { files in
      try await files.makeFolder("/tmp")
      try await files.makeFolder("/new")
      try await files.syncFolder("/")
    }.files.disk
  }

  @Test func eachBoundaryBetweenStepsIsAPoint() async {
    let machine = await Machine(on: mailbox()) { files in
      try await Self.send(files)
      _ = try await files.names(in: "/new")
      try await files.commit(" more", to: "/new/1")
      try await files.truncate("/new/1", to: 3)
      try await files.remove("/new/1")
    }
    #expect(
      machine.files.points.map(\.description) == [
        "point 1, before create of /tmp/1",
        "point 2, between create and write of /tmp/1",
        "point 3, between write and sync of /tmp/1",
        "point 4, after sync of /tmp/1",
        "point 5, before rename of /new/1",
        "point 6, after rename of /new/1",
        "point 7, before syncFolder of /new",
        "point 8, after syncFolder of /new",
        "point 9, before write of /new/1",
        "point 10, between write and sync of /new/1",
        "point 11, after sync of /new/1",
        "point 12, before truncate of /new/1",
        "point 13, between truncate and sync of /new/1",
        "point 14, after sync of /new/1",
        "point 15, before remove of /new/1",
        "point 16, after remove of /new/1",
      ])
    #expect(machine.course == .deterministic)
  }

  @Test func whatWasHandedInIsThereWheneverTheMachineEnds() async throws {
    let disk = await mailbox()
    let count = await Machine(on: disk, Self.send).files.points.count
    for number in 1...count {
      let isHandedIn = Lock(false)
      let machine = await Machine(on: disk, crashPoint: number) { files in
        try await Self.send(files)
        isHandedIn.withLock { $0 = true }
      }
      #expect(machine.course == .halted)
      #expect(machine.files.points.count == number)
      #expect(!isHandedIn.withLock { $0 }, "nothing goes on after the end")
      for seed in 0..<50 {
        let tree = machine.files.disk.afterPowerFailure(seed: UInt64(seed)).tree
        if number == count { #expect(tree.text("/new/1") == "letter") }
        if let text = tree.text("/new/1") { #expect(text == "letter") }
      }
    }
  }

  @Test func aSenderThatForgetsToSyncIsFoundOut() async throws {
    let left = try await Machine.survivors(on: mailbox()) { files in
      try await files.create("/tmp/1", "letter")
      try await files.rename("/tmp/1", to: "/new/1")
    }
    #expect(left.contains { $0.text("/new/1") == nil })
  }

  @Test func theSameSeedPassesTheSamePoints() async {
    let work: @Sendable (SimulatedFiles) async throws -> Void = { files in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<10 {
          group.addTask {
            try await files.create("/\(number)", "begin")
            try await files.commit("end", to: "/\(number)")
          }
        }
        try await group.waitForAll()
      }
    }
    var orders: Set<[FilePoint]> = []
    for seed in UInt64(0)..<20 {
      let points = await Machine(seed: seed, work).files.points
      #expect(points == (await Machine(seed: seed, work).files.points))
      #expect(points.count == 70)
      orders.insert(points)
    }
    #expect(orders.count == 20, "and another seed another order")
  }

  @Test func whoWatchesThePointsCanEndTheMachine() async throws {
    let machine = await Machine(onPoint: { point, files in
      if point.next == .sync { files.crash() }
    }) { files in
      try await files.create("/a", "begin")
    }
    #expect(machine.course == .halted)
    #expect(machine.files.points.last?.next == .sync)
  }

  @Test func otherWorkEndsWithTheMachineToo() async {
    let isOver = Lock(false)
    let machine = await Machine(crashPoint: 1) { files in
      async let other: Void = {
        for _ in 0..<100 { _ = try await files.names(in: "/") }
        isOver.withLock { $0 = true }
      }()
      try await files.create("/a")
      try await other
    }
    #expect(machine.course == .halted)
    #expect(!isOver.withLock { $0 })
  }

  @Test func locksEndWithTheMachine() async throws {
    let machine = await Machine { files in
      _ = try await files.lock("/lock", note: "the first")
      await #expect(throws: FileIsLocked.self) { try await files.lock("/lock", note: "") }
      files.crash()
      try await files.create("/never")
    }
    #expect(machine.course == .halted)
    let next = await Machine(on: machine.files.disk) { files in
      #expect(try await files.text("/lock") == "the first")
      try await files.lock("/lock", note: "the second").release()
    }
    #expect(next.failure == nil)
    #expect(next.course == .deterministic)
  }
}
