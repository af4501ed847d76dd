import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// Who is served first, and what keeps somebody from being served.
@Suite struct QueueTests {
  private let one = Team { Member("one", plays: .worker) { NoAgent() } }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func theHigherPriorityIsServedFirstAndWithinOneWhoCameFirst(_ seed: UInt64) async throws {
    let priorities = [0, 0, 5, 0, -1, 5, 9]
    let jobs = priorities.enumerated().map { number, priority in
      Workplace.Job(priority: priority, arrives: .microseconds(number))
    }
    let done = try await Workplace(team: one) { _, _ in .hours(1) }.run(jobs, seed: seed)
    #expect(done.map(\.job) == [0, 6, 2, 5, 1, 3, 4])
  }

  @Test(arguments: 1...50 as ClosedRange<UInt64>)
  func neverIsMoreOfAResourceHeldThanThereIs(_ seed: UInt64) async throws {
    let gpu = Resource("gpu", 2)
    let licence = Resource("licence", 3)
    let team = Team {
      Member("painter", plays: .worker, capacity: 9) { NoAgent() }.needs(gpu)
      Member("modeller", plays: .worker, capacity: 9) { NoAgent() }.needs(gpu, licence)
      Member("writer", plays: .worker, capacity: 9) { NoAgent() }.needs(licence)
    }
    var random = SeededGenerator(seed: seed)
    let lengths = (0..<60).map { _ in Duration.seconds(Int(random.next(upperBound: UInt64(9))) + 1)
    }
    let done = try await Workplace(team: team) { job, _ in lengths[job] }
      .run(Array(repeating: Workplace.Job(), count: 60), seed: seed)
    #expect(done.count == 60)
    #expect(done.most { $0.member != "writer" } == 2)
    #expect(done.most { $0.member != "painter" } <= 3)
  }

  @Test func whoNeedsWhatIsNotFreeDoesNotHoldUpThoseBehind() async throws {
    let (painter, writer) = (Role("painter"), Role("writer"))
    let gpu = Resource("gpu", 1)
    let team = Team {
      Member("first", plays: painter) { NoAgent() }.needs(gpu)
      Member("second", plays: painter) { NoAgent() }.needs(gpu)
      Member("scribe", plays: writer) { NoAgent() }
    }
    let roles = [painter, painter, writer]
    let jobs = roles.enumerated().map { Workplace.Job(role: $1, arrives: .microseconds($0)) }
    let done = try await Workplace(team: team) { _, _ in .hours(1) }.run(jobs)
    #expect(done.map(\.job) == [0, 2, 1])
    // What one gives back serves who waits for another that shares it.
    #expect(done.last?.member == "first")
    #expect(done.last?.waited ?? .zero < .hours(1))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func inNoSpanMoreBeginThanTheRateAllows(_ seed: UInt64) async throws {
    let team = Team {
      Member("limited", plays: .worker, capacity: 5) { NoAgent() }.rate(3, per: .seconds(10))
    }
    let done = try await Workplace(team: team) { job, _ in .seconds(job % 4 + 1) }
      .run(.inTurn(30), seed: seed)
    #expect(done.map(\.job) == Array(0..<30))
    for (first, fourth) in zip(done, done.dropFirst(3)) {
      #expect(fourth.began - first.began >= .seconds(10))
    }
    // Three in each span and not one less.
    #expect(done.last?.began ?? .zero < .seconds(91))
  }

  @Test func whoWaitsForARateIsServedAtOnceWhenAnotherIsFree() async throws {
    let team = Team {
      Member("limited", plays: .worker, capacity: 5) { NoAgent() }.rate(1, per: .hours(1))
      Member("other", plays: .worker) { NoAgent() }
    }
    let done = try await Workplace(team: team) { _, _ in .minutes(1) }.run(.inTurn(4))
    #expect(done.map(\.member) == ["limited", "other", "other", "other"])
    #expect(done.last?.began ?? .zero < .minutes(3))
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func whoStopsWaitingHoldsUpNobody(_ seed: UInt64) async throws {
    try await onVirtualTime(seed: seed) { time in
      let team = Team {
        Member("limited", plays: .worker) { NoAgent() }.rate(1, per: .minutes(1))
      }
      let dispatcher = Dispatcher(team, clock: time.clock)
      let served = Notes()
      try await withThrowingTaskGroup(of: Void.self) { group in
        let tasks = (0..<9).map { number in
          (number, number.isMultiple(of: 2))
        }
        for (number, givesUp) in tasks {
          group.addTask {
            try await time.clock.sleep(until: .microseconds(number))
            try await withThrowingTaskGroup(of: Void.self) { inner in
              inner.addTask {
                let lease = try await dispatcher.acquire(Ask("worker"))
                served.add("\(number)")
                _ = dispatcher.release(lease, .done)
              }
              if givesUp, number > 0 {
                try await time.clock.sleep(until: .seconds(30))
                inner.cancelAll()
                try? await inner.waitForAll()
              } else {
                try await inner.waitForAll()
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(served.all == ["0", "1", "3", "5", "7"])
      #expect(time.clock.now < .minutes(5))
    }
  }
}
