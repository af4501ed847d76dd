import Testing
import TroupeRuntime
import TroupeSimulation

/// Faults and full disks of simulated machines.
@Suite struct FileFaultTests {
  private func cause(_ work: () async throws -> Void) async -> SystemError.Cause? {
    do {
      try await work()
      return nil
    } catch {
      return (error as? SystemError)?.cause
    }
  }

  @Test func theStepThatWasChosenFailsAndNoOther() async {
    let faults = [FileFault(.create, number: 2, failsFor: .readOnly)]
    let machine = await Machine(faults: faults) { files in
      try await files.create("/a")
      #expect(await cause { try await files.create("/b") } == .readOnly)
      try await files.create("/c")
      #expect(try await files.names(in: "/") == ["a", "c"])
    }
    #expect(machine.failure == nil)
  }

  @Test func aLastingFaultGoesOn() async {
    let faults = [FileFault(number: 3, failsFor: .damagedDevice, isLasting: true)]
    _ = await Machine(faults: faults) { files in
      try await files.makeFolder("/a")
      try await files.makeFolder("/b")
      #expect(await cause { try await files.makeFolder("/c") } == .damagedDevice)
      #expect(await cause { _ = try await files.names(in: "/") } == .damagedDevice)
      #expect(await cause { try await files.syncFolder("/") } == .damagedDevice)
    }
  }

  @Test func aFaultCanBeOfOneFile() async {
    let faults = [FileFault(.write, of: "journal", number: 2, failsFor: .noSpace)]
    _ = await Machine(faults: faults) { files in
      try await files.create("/other", "text")
      try await files.create("/journal", "one")
      try await files.commit("text", to: "/other")
      #expect(await cause { try await files.commit("two", to: "/journal") } == .noSpace)
      try await files.commit("three", to: "/journal")
      #expect(try await files.text("/journal") == "onethree")
    }
  }

  @Test func aWriteCanFailInTheMiddle() async {
    let faults = [FileFault(.write, number: 2, failsFor: .noSpace, written: 3)]
    _ = await Machine(faults: faults) { files in
      try await files.create("/a", "one ")
      #expect(await cause { try await files.commit("two three", to: "/a") } == .noSpace)
      #expect(try await files.text("/a") == "one two")
    }
  }

  @Test func aFullDiskTakesWhatStillFits() async {
    let machine = await Machine(capacity: 10) { files in
      try await files.create("/a", "123456")
      #expect(await cause { try await files.commit("7890ab", to: "/a") } == .noSpace)
      #expect(try await files.text("/a") == "1234567890")
      #expect(await cause { try await files.create("/b", "x") } == .noSpace)
      #expect(try await files.names(in: "/") == ["a", "b"])
      try await files.remove("/a")
      try await files.commit("fits", to: "/b")
      files.capacity = nil
      try await files.commit(" all there is", to: "/b")
    }
    #expect(machine.failure == nil)
  }

  @Test func whatEndsFirstIsLeftToTheSeed() async {
    var first: Set<String> = []
    for seed in UInt64(0)..<50 {
      let order = Lock([String]())
      _ = await Machine(seed: seed) { files in
        try await withThrowingTaskGroup(of: Void.self) { group in
          for name in ["a", "b", "c"] {
            group.addTask {
              try await files.create("/\(name)", "begin")
              order.withLock { $0.append(name) }
            }
          }
          try await group.waitForAll()
        }
      }
      first.insert(order.withLock { $0.joined() })
    }
    #expect(first == ["abc", "acb", "bac", "bca", "cab", "cba"])
  }

  @Test func syncingTakesVirtualTime() async throws {
    let time = VirtualTime(seed: 1, patience: .milliseconds(100))
    let files = SimulatedFiles(time: time, seed: 1)
    let (spans, course) = await time.run {
      var spans: [Duration] = []
      for _ in 0..<100 {
        let start = time.clock.now
        try? await files.syncFolder("/")
        spans.append(time.clock.now - start)
      }
      return spans
    }
    #expect(course == .deterministic)
    let range = Duration.microseconds(200)...Duration.milliseconds(2)
    #expect(try #require(spans).allSatisfy(range.contains))
    #expect(Set(try #require(spans)).count > 50)
  }
}
