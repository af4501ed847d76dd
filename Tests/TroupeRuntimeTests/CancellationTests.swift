import Testing
import Troupe

@Suite struct CancellationTests {
  /// Work that says that it has begun, waits to be cancelled, and says that it has ended.
  final class Work: Sendable {
    let begun = Latch()
    private let open = Lock(0)

    var isOver: Bool { open.withLock { $0 } == 0 }

    func hold(_ number: Int) async throws -> Int {
      open.withLock { $0 += 1 }
      defer { open.withLock { $0 -= 1 } }
      begun.arrive()
      try await untilCancelled()
      return number
    }
  }

  enum Kind: String, CaseIterable {
    case stage, sequence, parallel, dataflow, choose, `repeat`, fanOut, race, call
    case gate, fallback, timeout, retry, deadline
  }

  struct Inner: Workflow {
    let work: Work
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("result")
    var body: some Step {
      Stage("hold", reads: input, writes: output) { try await work.hold($0) }
    }
  }

  struct Every: Workflow {
    let kind: Kind
    let work: Work
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("result")
    let list = Artifact<[Int]>("list")
    let results = Artifact<[Int]>("results")
    let other = Artifact<Int>("other")

    func hold(_ name: String = "hold", writes artifact: Artifact<Int>? = nil) -> Stage<Int> {
      Stage(name, reads: input, writes: artifact ?? output) { try await work.hold($0) }
    }

    var body: some Step {
      switch kind {
      case .stage: hold()
      case .sequence: Phase("phase") { hold() }
      case .parallel:
        Parallel {
          hold(); hold("again", writes: other)
        }
      case .dataflow:
        Dataflow {
          hold(); hold("again", writes: other)
        }
      case .choose: Choose(on: input) { Otherwise { hold() } }
      case .repeat: Repeat("loop", output, upTo: 3, until: { _ in false }) { hold() }
      case .fanOut:
        Stage("list", reads: input, writes: list) { Array(0..<$0) }
        FanOut(over: list, into: results, atMost: 2) { item, result in
          Stage("hold", reads: item, writes: result) { try await work.hold($0) }
        }
        Stage("end", reads: results, writes: output) { $0.count }
      case .race:
        Race {
          hold(); hold("again")
        }
      case .call: Call(Inner(work: work), reads: input, writes: output)
      case .gate:
        Stage("write", reads: input, writes: output) { $0 }
          .gate("slow") {
            _ = try await work.hold($0); return true
          }
      case .fallback:
        Stage("fails", reads: input, writes: output) { _ in throw Mishap() }
          .fallback { hold() }
      case .timeout: hold().timeout(.hours(1))
      case .retry: hold().retry(attempts: 5)
      case .deadline: Phase("phase") { hold() }.deadline(.hours(1))
      }
    }
  }

  @Test(arguments: Kind.allCases)
  func cancellingTheCallerLeavesNothingRunning(_ kind: Kind) async throws {
    let work = Work()
    let run = Task { try await Runtime().run(Every(kind: kind, work: work), input: 8) }
    await work.begun.untilArrived()
    run.cancel()
    await #expect(throws: CancellationError.self) { try await run.value }
    #expect(work.isOver)
  }

  @Test func cancellingTheHandleEndsTheRun() async throws {
    let work = Work()
    await #expect(throws: CancellationError.self) {
      try await Runtime().withRun(of: Every(kind: .race, work: work), input: 1) { run in
        await work.begun.untilArrived(2)
        run.cancel()
        return try await run.output
      }
    }
    #expect(work.isOver)
  }

  @Test func leavingTheScopeCancelsTheRun() async throws {
    let work = Work()
    let left = try await Runtime().withRun(of: Every(kind: .parallel, work: work), input: 1) { _ in
      await work.begun.untilArrived(2)
      return "left"
    }
    #expect(left == "left")
    #expect(work.isOver)
  }

  @Test func eventsReplayFromTheStartForWhoeverComesLate() async throws {
    let workflow = Body { input, output in Stage("only", reads: input, writes: output) { $0 } }
    let (early, late) = try await Runtime().withRun(of: workflow, input: 1) { run in
      var early: [Int] = []
      for await event in run.events { early.append(event.sequence) }
      var late: [Int] = []
      for await event in run.events { late.append(event.sequence) }
      return (early, late)
    }
    #expect(early == [1, 2, 3, 4])
    #expect(late == early)
  }

  @Test(.timeLimit(.minutes(10)))
  func readersOfEventsCanBeCancelledWhileAttemptsEnd() async throws {
    struct Wide: Workflow {
      let input = Artifact<[Int]>("numbers")
      let output = Artifact<[FanOut.Element<Int>]>("results")
      var body: some Step {
        FanOut("each", over: input, into: output, tolerating: 1) { number, result in
          Stage("same", reads: number, writes: result) { number in
            await Task.yield()
            return number
          }
        }
      }
    }
    let runtime = Runtime(width: 32)
    for round in 0..<400 {
      let task = Task {
        try await runtime.withRun(of: Wide(), input: Array(0..<64)) { run in
          for await _ in run.events {}
        }
      }
      for _ in 0..<(round % 50) { await Task.yield() }
      task.cancel()
      _ = await task.result
    }
  }

  @Test func aPlainStageThatIgnoresItsCancellationIsNamed() async throws {
    let clock = ManualClock()
    let (hang, isNamed) = (Latch(), Latch())
    let workflow = Body { input, output in
      Stage("stubborn", reads: input, writes: output) { number in
        await hang.wait()
        return number
      }
    }
    let runtime = Runtime(clock: clock, grace: .seconds(5))
    let run = Task {
      try await runtime.withRun(of: workflow, input: 1) { run in
        await hang.untilArrived()
        run.cancel()
        var lines: [String] = []
        for await event in run.events {
          lines.append(event.kind.summary)
          if case .lingering = event.kind { isNamed.arrive() }
        }
        return lines
      }
    }
    await clock.untilSleeping(1)
    clock.advance(by: .seconds(5))
    await isNamed.untilArrived()
    hang.open()
    #expect(try await run.value.contains("lingering 1.1"))
  }
}
