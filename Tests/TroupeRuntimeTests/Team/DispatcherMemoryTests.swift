import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupeRuntime

/// What a dispatcher remembers of members at work, and how often it looks at the clock.
@Suite struct DispatcherMemoryTests {
  private func lease(_ state: inout DispatcherState, at now: Duration) throws -> Lease {
    let lease = state.take(Ask("worker"), at: now)
    return try #require(lease)
  }

  @Test func whatTookTooLongIsForgottenOnceItHasEnded() throws {
    let team = Team {
      Member("frail", plays: .worker, capacity: 2) { NoAgent() }.breaker(after: 9, pause: .hours(1))
    }
    var state = DispatcherState(Roster(team))
    let early = try lease(&state, at: .zero)
    let late = try lease(&state, at: .zero)
    _ = state.noteFailure(late, at: .seconds(1))
    _ = state.release(late, .done, at: .seconds(2))
    // What gives up at once when it is cancelled ends before anybody says that it took too long.
    _ = state.release(early, .givenUp, at: .seconds(2))
    _ = state.noteFailure(early, at: .seconds(2))
    #expect(state.atWork.isEmpty)
  }

  @Test func whatTookTooLongIsOneFailureInWhateverOrderItEnds() throws {
    let team = Team {
      Member("frail", plays: .worker, capacity: 2) { NoAgent() }.breaker(after: 2, pause: .hours(1))
    }
    var state = DispatcherState(Roster(team))
    let first = try lease(&state, at: .zero)
    let second = try lease(&state, at: .zero)
    let standings = [
      state.noteFailure(first, at: .zero), state.release(first, .failed, at: .zero).0,
      state.release(second, .givenUp, at: .zero).0, state.noteFailure(second, at: .zero),
    ]
    #expect(standings == [nil, nil, nil, .suspended(failures: 2, pause: .hours(1))])
  }

  @Test func whatNeverBeganCountsForNoRateAndWhatBeganDoes() throws {
    let team = Team {
      Member("limited", plays: .worker, capacity: 9) { NoAgent() }.rate(2, per: .minutes(10))
    }
    var state = DispatcherState(Roster(team))
    let unused = try lease(&state, at: .zero)
    _ = try lease(&state, at: .minutes(5))
    _ = state.release(unused, .unused, at: .minutes(6))
    _ = try lease(&state, at: .minutes(7))
    // Those of the minutes 5 and 7 have begun.
    let early = state.take(Ask("worker"), at: .minutes(12))
    #expect(early.map(\.index) == nil)
    _ = try lease(&state, at: .minutes(15))
  }

  /// Counts how often somebody goes to sleep.
  private struct CountingClock: RunClock {
    let clock: any RunClock
    let sleeps = Lock(0)

    var now: Duration { clock.now }
    var date: Date { clock.date }

    func sleep(until instant: Duration) async throws {
      sleeps.withLock { $0 += 1 }
      try await clock.sleep(until: instant)
    }

    func sleep(untilDate instant: Date) async throws { try await clock.sleep(untilDate: instant) }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whoAwaitsAnInstantOfAMemberSleepsUntilThen(_ seed: UInt64) async throws {
    let team = Team {
      Member("limited", plays: .worker, capacity: 50) { NoAgent() }.rate(1, per: .minutes(1))
      Member("other", plays: .worker) { NoAgent() }.rate(1, per: .minutes(7))
    }
    try await onVirtualTime(seed: seed) { time in
      let clock = CountingClock(clock: time.clock)
      let dispatcher = Dispatcher(team, clock: clock)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<30 {
          group.addTask {
            let lease = try await dispatcher.acquire(Ask("worker"))
            try await time.clock.sleep(until: time.clock.now + .seconds(20))
            _ = dispatcher.release(lease, .done)
          }
        }
        try await group.waitForAll()
      }
      // Some sleep again when the instant has moved, but nobody wakes to see that nothing has come.
      #expect(clock.sleeps.withLock { $0 } <= 90)
    }
  }
}
