import Testing
import Troupe

@Suite struct RetryTests {
  @Test func aFailedAttemptIsRepeatedAfterItsPause() async throws {
    let clock = LeapingClock()
    let calls = Notes()
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { number in
        if calls.add("call") < 3 { throw Mishap() }
        return number
      }
      .retry(attempts: 3, backoff: .exponential(from: .seconds(1), factor: 3, jitter: 0))
    }
    let (output, story) = try await run(workflow, 7, on: Runtime(clock: clock))
    #expect(output == 7)
    #expect(clock.sleeps == [.seconds(1), .seconds(3)])
    #expect(
      story == [
        "test opened", "test/try opened",
        "test/try started 1.1", "test/try failed 1.1: it broke",
        "test/try started 1.2", "test/try failed 1.2: it broke",
        "test/try started 1.3", "test/try finished 1.3",
        "test/try completed", "test completed",
      ])
  }

  @Test func theLastFailureNamesPathAttemptAndCause() async throws {
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in throw Mishap() }.retry(attempts: 2)
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(
      failure.description == """
        'test/try' (attempt 2) failed: it broke
          mend the cause, or give the step a '.fallback'
        """)
  }

  @Test func jitterShortensAPauseByChance() async throws {
    struct Half: RandomNumberGenerator {
      func next() -> UInt64 { 1 << 63 }
    }
    let clock = LeapingClock()
    let calls = Notes()
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { number in
        if calls.add("call") < 2 { throw Mishap() }
        return number
      }
      .retry(attempts: 2, backoff: .constant(.seconds(8), jitter: 0.5))
    }
    _ = try await Runtime(clock: clock, randomness: Half()).run(workflow, input: 1)
    #expect(clock.sleeps == [.seconds(6)])
  }

  @Test func cancellingEndsAPauseAtOnce() async throws {
    let clock = ManualClock()
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in throw Mishap() }
        .retry(attempts: 2, backoff: .constant(.hours(1)))
    }
    let task = Task { try await Runtime(clock: clock).run(workflow, input: 1) }
    await clock.untilSleeping(1)
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test func aCancellationErrorThatNobodyAskedForIsAFailure() async throws {
    let workflow = Body { input, output in
      Stage("try", reads: input, writes: output) { _ in throw CancellationError() }
    }
    let failure = try await #require(throws: RunFailure.self) {
      try await Runtime().run(workflow, input: 1)
    }
    #expect(failure.description.contains("although nobody had cancelled it"))
  }

  @Test func aPauseNeverExceedsItsLimitHoweverLargeItsFactor() {
    let backoff = Backoff.exponential(from: .seconds(1), factor: 1e25, upTo: .hours(1), jitter: 0)
    #expect(backoff.pause(after: 1, chance: 0) == .seconds(1))
    #expect(backoff.pause(after: 3, chance: 0) == .hours(1))
  }
}
