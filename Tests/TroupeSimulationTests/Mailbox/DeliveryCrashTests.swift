import Testing
import Troupe

@testable import TroupeRuntime
@testable import TroupeSimulation

/// Machines that end at each moment of handing letters in and taking them out.
@Suite struct DeliveryCrashTests {
  struct Collecting: Workflow {
    let input = Artifact<Int>("in")
    let output = Artifact<[Int]>("out")
    let number = Artifact<Int>("number")

    var body: some Step {
      Stage("begin", reads: input, writes: output) { _ in [] }
      Repeat("collect", output, upTo: 20, until: { $0.contains(0) && $0.count == 3 }) {
        Wait(for: Signal<Int>("number"), writes: number)
        Stage("add", reads: output, number, writes: output) { $0 + [$1] }
      }
    }
  }

  /// The disk of a machine on which a run waits that nobody runs.
  private func waiting() async -> SimulatedDisk {
    await SimulatedOffice.work { office in
      try await office.runtime.withRun(of: Collecting(), input: 0, id: SimulatedOffice.run) { run in
        for await event in run.events { if case .waiting = event.kind { break } }
      }
    }.disk
  }

  private static let numbers = 0..<3

  /// Hands letters in before the run is resumed and while it is under way, and lets it end.
  ///
  /// - Parameter handedIn: Told of each letter that was handed in.
  @Sendable private static func deliver(
    _ office: SimulatedOffice, _ handedIn: @escaping @Sendable (Int) -> Void
  ) async throws -> [Int] {
    @Sendable func send(_ number: Int) async throws {
      try await office.send(.signal("number", payload: .integer(number)), id: "letter-\(number)")
      handedIn(number)
    }
    if try await office.recall().outcome == nil { try await send(1) }
    return try await office.runtime.withRun(of: Collecting(), input: 0, id: SimulatedOffice.run) {
      run in
      async let other: Void = {
        // What the run has taken is not sent again; it may have ended since.
        do { try await send(2) } catch is SignalRefused {}
      }()
      do { try await send(0) } catch is SignalRefused {}
      try await other
      return try await run.output
    }
  }

  @Test(arguments: [UInt64(1), 2])
  func lettersComeOnceWheneverTheMachineEnds(_ seed: UInt64) async throws {
    let disk = await waiting()
    let all = await SimulatedOffice.work(on: disk, seed: seed) { office in
      let output = try await Self.deliver(office) { _ in }
      #expect(output.sorted() == Array(Self.numbers))
    }
    #expect(all.failure == nil)
    #expect(all.points.count > 50)
    for crash in 1..<all.points.count {
      let handedIn = Notes()
      let crashed = await SimulatedOffice.work(on: disk, seed: seed, crashPoint: crash) { office in
        _ = try await Self.deliver(office) { handedIn.add($0) }
      }
      for failure in [nil, 1, 2] as [UInt64?] {
        let left = failure.map { crashed.disk.afterPowerFailure(seed: $0) } ?? crashed.disk
        let point = all.points[crash - 1]
        // What was handed in is in the mailbox or in the journal.
        let look = await SimulatedOffice.work(on: left) { office in
          let received = try await office.recall().received
          let names = try await office.store.folder(of: SimulatedOffice.run).mailbox.names()
          for number in handedIn.all {
            let id = "letter-\(number)"
            #expect(received.contains(id) || names.contains(id), "\(number) at \(point)")
          }
        }
        #expect(look.failure == nil, "\(point): \(look.failure as Any)")
        let next = await SimulatedOffice.work(on: left, seed: seed + 100) { office in
          let output = try await Self.deliver(office) { _ in }
          #expect(output.sorted() == Array(Self.numbers), "\(point)")
        }
        #expect(next.failure == nil, "\(point): \(next.failure as Any)")
      }
    }
  }

  /// Counts what was said to it.
  private final class Notes: Sendable {
    private let numbers = Lock([Int]())
    var all: [Int] { numbers.withLock { $0 } }
    func add(_ number: Int) { numbers.withLock { $0.append(number) } }
  }

  @Test(arguments: [UInt64(1), 2])
  func whatWasCancelledStaysSoWheneverTheMachineEnds(_ seed: UInt64) async throws {
    let disk = await waiting()
    let work: @Sendable (SimulatedOffice) async throws -> Void = { office in
      try await office.runtime.withRun(of: Collecting(), input: 0, id: SimulatedOffice.run) { run in
        run.cancel()
        await #expect(throws: CancellationError.self) { try await run.output }
      }
    }
    let all = await SimulatedOffice.work(on: disk, seed: seed, work)
    #expect(all.failure == nil)
    var wasRequested = false
    for crash in 1..<all.points.count {
      let crashed = await SimulatedOffice.work(on: disk, seed: seed, crashPoint: crash, work)
      let next = await SimulatedOffice.work(on: crashed.disk, seed: seed + 100) { office in
        let before = try await office.recall()
        guard before.isCancelRequested else { return }
        await #expect(throws: CancellationError.self) {
          try await office.runtime.run(Collecting(), input: 0, id: SimulatedOffice.run)
        }
        let recall = try await office.recall()
        #expect(recall.outcome == .cancelled)
        #expect(recall.nodes.values.allSatisfy { $0.attempts.count <= 1 }, "nothing more began")
      }
      #expect(next.failure == nil, "\(next.failure as Any)")
      wasRequested = wasRequested || next.points.count > 0
    }
    #expect(wasRequested)
  }

  @Test func aCancellationThatLiesInTheMailboxEndsTheRunBeforeItGoesOn() async throws {
    let disk = await waiting()
    let done = await SimulatedOffice.work(on: disk) { office in
      try await office.send(.signal("number", payload: 1), id: "a")
      try await office.send(.cancel(why: "over"), id: "b")
      await #expect(throws: SignalRefused.self) {
        try await office.send(.signal("number", payload: 1), id: "c")
      }
      await #expect(throws: CancellationError.self) {
        try await office.runtime.run(Collecting(), input: 0, id: SimulatedOffice.run)
      }
      let recall = try await office.recall()
      #expect(recall.outcome == .cancelled)
      #expect(recall.received == ["a", "b"])
      await #expect(throws: RunHasEnded.self) { try await office.send(.cancel(why: nil), id: "d") }
    }
    #expect(done.failure == nil)
  }

  @Test func aRunThatNothingReachesIsFoundStuck() async throws {
    let time = VirtualTime(seed: 1, patience: .milliseconds(5))
    let store = Store(files: MemoryFiles(executor: time.executor), root: "store")
    let runtime = Runtime(
      team: Team(), store: store, clock: time.clock, randomness: SeededGenerator(seed: 1),
      executor: time.executor)
    let (_, course) = await time.run { () async -> Bool in
      (try? await runtime.run(Collecting(), input: 0, id: "run")) != nil
    }
    #expect(course == .stuck)
  }
}
