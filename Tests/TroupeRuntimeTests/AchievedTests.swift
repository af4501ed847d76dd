import Testing
import Troupe

/// A limit is an outcome, not a loss: what was written before it stands in the failure.
@Suite struct AchievedTests {
  private let first = Artifact<Int>("first")
  private let other = Artifact<Int>("other")

  @Test(arguments: [true, false])
  func whatAContainerWroteBeforeItsTimeWasOverIsKept(asDeadline: Bool) async throws {
    let clock = ManualClock()
    let isWaiting = Latch()
    @Sendable func phase(_ input: Artifact<Int>, _ output: Artifact<Int>) -> Phase {
      Phase("work") {
        Stage("begin", reads: input, writes: first) { $0 }
        Stage("wait", reads: first, writes: output) { _ in
          isWaiting.arrive()
          try await untilCancelled()
          return 0
        }
      }
    }
    let workflow = Body { input, output in
      if asDeadline {
        phase(input, output).deadline(.minutes(1))
      } else {
        phase(input, output).timeout(.minutes(1))
      }
    }
    let run = Task { try await Runtime(clock: clock).run(workflow, input: 7) }
    await isWaiting.untilArrived()
    await clock.untilSleeping(1)
    clock.advance(by: .minutes(1))
    let failure = try await #require(throws: RunFailure.self) { try await run.value }
    #expect(failure.achieved["first"] as? Int == 7)
  }

  @Test func whatACancelledNeighbourWroteIsKept() async throws {
    let isWaiting = Latch()
    let workflow = Body { [first, other] input, output in
      Parallel {
        Phase("one") {
          Stage("begin", reads: input, writes: first) { $0 }
          Stage("wait", reads: first, writes: other) { _ in
            isWaiting.arrive()
            try await untilCancelled()
            return 0
          }
        }
        Stage("fails", reads: input, writes: output) { _ in
          await isWaiting.untilArrived()
          throw Mishap()
        }
      }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 7)
    }
    #expect(failure.achieved["first"] as? Int == 7)
  }

  @Test func aDeadlineNamesWhatHadFailedAndWasAboutToBeDoneAgain() async throws {
    let clock = ManualClock()
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in
        throw Mishap(description: "no network")
      }
      .retry(attempts: 100, backoff: .constant(.minutes(10)))
      .deadline(.minutes(5))
    }
    let run = Task { try await Runtime(clock: clock).run(workflow, input: 1) }
    await clock.untilSleeping(2)
    clock.advance(by: .minutes(5))
    let failure = try await #require(throws: RunFailure.self) { try await run.value }
    #expect(failure.failure.others.map(\.reason) == ["failed: no network"])
  }

  @Test func aDeadlineNamesTheRejectionThatWasBeingReworked() async throws {
    let clock = ManualClock()
    let isReworking = Latch()
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { number in
        if StageContext.current?.take == 2 {
          isReworking.arrive()
          try await untilCancelled()
        }
        return number
      }
      .gate("good", otherwise: .rework(upTo: 5)) { _ in .rejected("not good") }
      .deadline(.minutes(5))
    }
    let run = Task { try await Runtime(clock: clock).run(workflow, input: 1) }
    await isReworking.untilArrived()
    clock.advance(by: .minutes(5))
    let failure = try await #require(throws: RunFailure.self) { try await run.value }
    #expect(failure.failure.others.map(\.reason) == ["was rejected by gate 'good': not good"])
  }

  @Test func noGateIsAskedAfterTheDeadlineAndNothingIsPublished() async throws {
    let clock = ManualClock()
    let isJudging = Latch()
    let asked = Notes()
    let workflow = Body { input, output in
      Stage("write", reads: input, writes: output) { $0 }
        .gate("slow") { _ in
          isJudging.arrive()
          try? await untilCancelled()
          return true
        }
        .gate("next") { _ in
          asked.add("next")
          return true
        }
        .deadline(.seconds(1))
    }
    let run = Task { try await Runtime(clock: clock).run(workflow, input: 1) }
    await isJudging.untilArrived()
    clock.advance(by: .seconds(1))
    let failure = try await #require(throws: RunFailure.self) { try await run.value }
    #expect(failure.failure.reason == "was not done by its deadline of 1 s")
    #expect(asked.all.isEmpty)
  }
}
