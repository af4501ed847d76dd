import Testing
import Troupe

/// Joins go by the order of the records, and what comes after they are decided changes nothing.
@Suite struct JoinOrderTests {
  private let left = Artifact<Int>("left")
  private let right = Artifact<Int>("right")

  @Test func aLostRaceNamesItsFailuresInTheOrderInWhichTheyHappened() async throws {
    let hasFailed = Latch()
    let workflow = Body { input, output in
      Race {
        Stage("late", reads: input, writes: output) { _ in
          await hasFailed.wait()
          throw Mishap(description: "late")
        }
        Stage("early", reads: input, writes: output) { _ in throw Mishap(description: "early") }
      }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().withRun(of: workflow, input: 1) { run in
        for await event in run.events {
          if case .failed = event.kind { hasFailed.open() }
        }
        return try await run.output
      }
    }
    #expect(failure.failure.others.map(\.reason) == ["failed: early", "failed: late"])
  }

  @Test func ofTwoFailuresThatMeetTheFirstIsTheOneWhoseRecordCameFirst() async throws {
    for _ in 0..<100 {
      let start = Latch()
      @Sendable func fail() async throws -> Int {
        start.arrive()
        await start.untilArrived(2)
        throw Mishap()
      }
      let workflow = Body { [left, right] input, output in
        Parallel {
          Stage("one", reads: input, writes: left) { _ in try await fail() }
          Stage("two", reads: input, writes: right) { _ in try await fail() }
        }
        Stage("sum", reads: left, right, writes: output) { $0 + $1 }
      }
      let failure = try await #require(throws: RunFailure.self) {
        try await Runtime().run(workflow, input: 1)
      }
      let first = failure.events.first { if case .failed = $0.kind { true } else { false } }
      #expect(failure.failure.address == first?.address)
    }
  }

  private struct Enough: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[FanOut.Element<Int>]>("outcomes")
    let work: @Sendable (Int) async throws -> Int
    let isEnough: @Sendable ([Int]) async throws -> Bool

    var body: some Step {
      FanOut("each", over: input, into: output, until: isEnough) { item, result in
        Stage("work", reads: item, writes: result, perform: work)
      }
    }
  }

  /// Runs a fan-out whose second element ends while it is asked whether the first is enough.
  private func outcomes(
    secondElement: @escaping @Sendable () throws -> Int
  ) async throws -> [FanOut.Element<Int>] {
    let (isAsked, hasEnded) = (Latch(), Latch())
    let workflow = Enough { number in
      if number == 1 { return 1 }
      await isAsked.untilArrived()
      return try secondElement()
    } isEnough: { _ in
      isAsked.arrive()
      await hasEnded.wait()
      return true
    }
    return try await Runtime().withRun(of: workflow, input: [1, 2]) { run in
      for await event in run.events where event.address.description.hasSuffix("items[2]/work") {
        switch event.kind {
        case .failed, .finished: hasEnded.open()
        default: break
        }
      }
      return try await run.output
    }
  }

  @Test func aFailureAfterThereIsEnoughDoesNotFailTheFanOut() async throws {
    let outcomes = try await outcomes { throw Mishap() }
    #expect(outcomes.map(\.outcome) == [.value(1), .cancelled])
  }

  @Test func aResultAfterThereIsEnoughIsNotCollected() async throws {
    let outcomes = try await outcomes { 2 }
    #expect(outcomes.map(\.outcome) == [.value(1), .cancelled])
  }

  @Test func theTimesOfEventsFollowTheirOrder() async throws {
    struct Wide: Workflow {
      let input = Artifact<[Int]>("numbers")
      let output = Artifact<[Int]>("results")
      var body: some Step {
        FanOut("each", over: input, into: output) { number, result in
          Stage("same", reads: number, writes: result) { $0 }
        }
      }
    }
    let times = try await Runtime().withRun(of: Wide(), input: Array(0..<2_000)) { run in
      var times: [Duration] = []
      for await event in run.events { times.append(event.elapsed) }
      return times
    }
    #expect(times == times.sorted())
  }
}
