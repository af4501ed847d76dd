import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// Members whose units come and go.
@Suite struct PoolTests {
  private func assignment(seconds: Int) -> Assignment {
    Assignment(
      address: "x", role: .worker, prompt: "", idempotencyKey: "", take: seconds)
  }

  @Test(arguments: 1...200 as ClosedRange<UInt64>)
  func unitsComeWhenNoneIsFreeAndGoWhenTheyAreIdle(_ seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    func draw(_ bounds: ClosedRange<Int>) -> Int {
      bounds.lowerBound + Int(random.next(upperBound: UInt64(bounds.count)))
    }
    let lower = draw(0...2)
    let bounds = lower...lower + draw(1...4)
    // Three crowds, between which all units are idle for longer than they may be.
    let jobs = (0..<36).map { number in
      (arrives: Duration.hours(number / 12 * 3) + .milliseconds(draw(0...900_000)), draw(60...600))
    }
    try await onVirtualTime(seed: seed) { time in
      let watch = UnitWatch(bounds, idle: .minutes(10), time.clock)
      let dispatcher = Dispatcher(Team { watch.member }, clock: time.clock)
      #expect(watch.seen.there.count == lower)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (arrives, seconds) in jobs {
          group.addTask {
            try await time.clock.sleep(until: arrives)
            let ask = Ask("worker")
            let lease: Lease
            if let free = dispatcher.tryAcquire(ask) {
              lease = free
            } else {
              lease = try await dispatcher.acquire(ask)
            }
            _ = try await dispatcher.agent(of: lease).perform(assignment(seconds: seconds))
            _ = dispatcher.release(lease, .done)
          }
        }
        try await group.waitForAll()
      }
      let seen = watch.seen
      #expect(seen.wrongs == [])
      #expect(seen.busy == [])
      #expect(seen.most == bounds.upperBound)
      #expect(seen.goneCount >= bounds.count - 1)
      withExtendedLifetime(dispatcher) {}
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func aRateCountsForAllUnitsTogether(_ seed: UInt64) async throws {
    let team = Team {
      Member("limited", plays: .worker, pool: 0...5) { _ in NoAgent() }.rate(3, per: .seconds(10))
    }
    let done = try await Workplace(team: team) { job, _ in .seconds(job % 4 + 1) }
      .run(.inTurn(30), seed: seed)
    for (first, fourth) in zip(done, done.dropFirst(3)) {
      #expect(fourth.began - first.began >= .seconds(10))
    }
    #expect(done.last?.began ?? .zero < .seconds(91))
    #expect(Set(done.map(\.unit)) == [1, 2, 3])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func eachUnitAtWorkHoldsWhatTheMemberNeeds(_ seed: UInt64) async throws {
    let gpu = Resource("gpu", 3)
    let team = Team {
      Member("painter", plays: .worker, pool: 1...9) { _ in NoAgent() }.needs(gpu)
      Member("modeller", plays: .worker, pool: 0...9) { _ in NoAgent() }.needs(gpu)
    }
    let done = try await Workplace(team: team) { job, _ in .seconds(job % 7 + 1) }
      .run(Array(repeating: Workplace.Job(), count: 40), seed: seed)
    #expect(done.count == 40)
    #expect(done.most() == 3)
    #expect(done.allSatisfy { $0.unit <= 3 })
  }

  @Test func whenItsBreakerIsOpenNoUnitGetsWork() async throws {
    let team = Team {
      Member("frail", plays: .worker, pool: 1...3) { _ in NoAgent() }
        .breaker(after: 1, pause: .minutes(10))
    }
    var workplace = Workplace(team: team) { _, _ in .minutes(1) }
    workplace.outcome = { job, _, _ in job == 0 ? .failed : .done }
    let done = try await workplace.run(.inTurn(6))
    #expect(done.compactMap(\.standing).first == .suspended(failures: 1, pause: .minutes(10)))
    let began = done.map { Int(($0.began / .minutes(1)).rounded()) }
    // One on trial, then the rest.
    #expect(began == [0, 0, 0, 11, 12, 12])
    #expect(done.prefix(4).map(\.unit) == [1, 2, 3, 1])
  }

  @Test func whoHasNoPoolHasNoUnitsBesideOneThatHas() async throws {
    let team = Team {
      Member("single", plays: .worker) { NoAgent() }
      Member("pool", plays: .worker, pool: 1...2) { _ in NoAgent() }
    }
    let done = try await Workplace(team: team) { _, _ in .minutes(1) }.run(.inTurn(3))
    #expect(done.map(\.member) == ["single", "pool", "pool"])
    #expect(done.map(\.unit) == [0, 1, 2])
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whoIsCancelledWhileItGetsAMemberTakesNoUnit(_ seed: UInt64) async throws {
    try await onVirtualTime(seed: seed) { time in
      let watch = UnitWatch(0...1, idle: .hours(1), time.clock)
      let dispatcher = Dispatcher(Team { watch.member }, clock: time.clock)
      let first = try await dispatcher.acquire(Ask("worker"))
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          // It may get the member before it is cancelled, or not.
          guard let lease = try? await dispatcher.acquire(Ask("worker")) else { return }
          _ = dispatcher.release(lease, .unused)
        }
        try? await time.clock.sleep(until: .seconds(1))
        _ = dispatcher.release(first, .done)
        group.cancelAll()
      }
      let last = try await dispatcher.acquire(Ask("worker"))
      #expect(last.unit == 1)
      #expect(watch.seen.wrongs == [])
      withExtendedLifetime(dispatcher) {}
    }
  }
}
