import Foundation
import Testing
import Troupe

@Suite struct TimeLimitTests {
  @Test func anAttemptThatTakesTooLongIsGivenUpAndRepeated() async throws {
    let clock = ManualClock()
    let calls = Notes()
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { number in
        if calls.add("call") == 1 { try await untilCancelled() }
        return number
      }
      .timeout(.minutes(1))
      .retry(attempts: 2)
    }
    async let result = run(workflow, 3, on: Runtime(clock: clock))
    await clock.untilSleeping(1)
    clock.advance(by: .minutes(1))
    let (output, story) = try await result
    #expect(output == 3)
    #expect(story.contains("test/try gave up 1.1: after 60.0 seconds"))
    #expect(story.contains("test/try finished 1.2"))
  }

  @Test func theRunGoesOnWithoutAnAttemptThatIgnoresItsCancellation() async throws {
    let clock = ManualClock()
    let latch = Latch()
    let (workflow, next) = (Latch(), Artifact<Int>("next"))
    let steps = Body { input, output in
      Stage("stubborn", reads: input, writes: next) { number in
        await latch.wait()
        return number
      }
      .timeout(.seconds(1))
      .fallback { Stage("instead", reads: input, writes: next) { $0 + 1 } }
      Stage("after", reads: next, writes: output) { number in
        workflow.arrive()
        return number
      }
    }
    async let result = run(steps, 1, on: Runtime(clock: clock, grace: .seconds(5)))
    await clock.untilSleeping(1)
    clock.advance(by: .seconds(1))
    await workflow.untilArrived()
    await clock.untilSleeping(1)
    clock.advance(by: .seconds(5))
    latch.open()
    let (output, story) = try await result
    #expect(output == 2)
    #expect(
      story.firstIndex(of: "test/after finished 1.1")! < story.firstIndex(
        of: "test/stubborn stale 1.1")!)
    #expect(story.contains("test/stubborn lingering 1.1"))
  }

  @Test func aContainersTimeoutCancelsAllThatIsInside() async throws {
    let clock = ManualClock()
    let workflow = Body { input, output in
      Phase("slow") {
        Stage("wait", reads: input, writes: output) { _ in
          try await untilCancelled(); return 0
        }
      }
      .timeout(.hours(1))
    }
    let result = Task { try await run(workflow, 1, on: Runtime(clock: clock)) }
    await clock.untilSleeping(1)
    clock.advance(by: .hours(1))
    let failure = await #expect(throws: RunFailure.self) { try await result.value }
    #expect(failure?.failure.address.description == "test/slow")
    #expect(failure?.failure.reason == "took longer than its timeout of 1 h")
  }

  @Test func aDeadlineHoldsOverRetriesAndPauses() async throws {
    let clock = ManualClock()
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in throw Mishap() }
        .retry(attempts: 100, backoff: .constant(.minutes(10)))
        .deadline(.minutes(25))
    }
    let result = Task { try await run(workflow, 1, on: Runtime(clock: clock)) }
    for _ in 1...2 {
      await clock.untilSleeping(2)
      clock.advance(by: .minutes(10))
    }
    await clock.untilSleeping(2)
    clock.advance(by: .minutes(5))
    let failure = await #expect(throws: RunFailure.self) { try await result.value }
    #expect(failure?.failure.reason == "was not done by its deadline of 25 min")
    #expect(failure?.events.filter { $0.kind.summary.hasPrefix("failed") }.count == 3)
  }

  @Test(arguments: [true, false])
  func aStageIsToldTheLimitThatPassesFirst(isInner: Bool) async throws {
    let clock = ManualClock()
    let told = Lock<[Double]>([])
    let workflow = Body { input, output in
      Phase("work") {
        Stage("look", reads: input, writes: output) { number in
          let deadline = StageContext.current?.deadline?.timeIntervalSince1970
          told.withLock { $0.append(deadline ?? 0) }
          return number
        }
        .deadline(isInner ? .seconds(30) : .seconds(90))
      }
      .timeout(.seconds(60))
    }
    _ = try await run(workflow, 1, on: Runtime(clock: clock))
    #expect(told.withLock { $0 } == [isInner ? 30 : 60])
  }
}
