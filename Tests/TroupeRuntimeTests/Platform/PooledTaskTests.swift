import Dispatch
import Testing

@testable import TroupeRuntime

/// Tasks that run on the threads of a pool, and the calls that they wait for.
@Suite(.timeLimit(.minutes(10))) struct PooledTaskTests {
  private func pool(limit: Int = 64, width: Int, stall: Int32 = 86_400_000) -> BlockingPool {
    BlockingPool(limit: limit, width: width, patience: .seconds(86_400), stall: stall)
  }

  @Test func aTaskIsNeverHandedToAnotherThreadForACallOfItsOwn() async throws {
    let pool = pool(width: 4)
    let threads = try await withTaskExecutorPreference(pool) {
      var threads: Set<UInt> = [ThisThread.id]
      for _ in 0..<100 {
        threads.insert(try await pool.run { () throws(SystemError) in ThisThread.id })
        threads.insert(ThisThread.id)
      }
      return threads
    }
    #expect(threads.count == 1)
    #expect(pool.threads == 1)
  }

  @Test func noMoreTasksRunAtOnceThanThePoolIsWide() async {
    let pool = pool(width: 2)
    let (started, barrier) = (Latch(), DispatchSemaphore(value: 0))
    let running = Tally()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask(executorPreference: pool) {
          running.during {
            started.arrive()
            barrier.wait()
          }
        }
      }
      await started.untilArrived(2)
      #expect(pool.threads == 2)
      for _ in 0..<8 { barrier.signal() }
    }
    #expect(running.most == 2)
  }

  @Test func noMoreCallsAreUnderWayThanItsLimitHoweverManyTasksWaitForOne() async throws {
    let pool = pool(limit: 3, width: 2)
    let (started, barrier) = (Latch(), DispatchSemaphore(value: 0))
    let calling = Tally()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask(executorPreference: pool) {
          try await pool.run { () throws(SystemError) in
            calling.during {
              started.arrive()
              barrier.wait()
            }
          }
        }
      }
      await started.untilArrived(3)
      for _ in 0..<20 { barrier.signal() }
      try await group.waitForAll()
    }
    #expect(calling.most == 3)
    #expect(pool.threads <= 5)
  }

  @Test func othersRunWhileTheCallOfATaskBlocks() async throws {
    let pool = pool(width: 1)
    let (started, barrier) = (Latch(), DispatchSemaphore(value: 0))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask(executorPreference: pool) {
        try await pool.run { () throws(SystemError) in
          started.arrive()
          barrier.wait()
        }
      }
      await started.untilArrived(1)
      await Task(executorPreference: pool) {}.value
      barrier.signal()
      try await group.waitForAll()
    }
  }

  @Test func whatATaskStartsBeginsWhileTheTaskGoesOn() async {
    let pool = pool(width: 2)
    let barrier = DispatchSemaphore(value: 0)
    await withTaskExecutorPreference(pool) {
      async let other = { barrier.signal() }()
      Self.wait(for: barrier)
      _ = await other
    }
  }

  @Test func othersHaveTheirTurnAlsoWhereThoseThatRunBlock() async {
    let pool = pool(width: 2, stall: 1)
    let barrier = DispatchSemaphore(value: 0)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<10 { group.addTask(executorPreference: pool) { Self.wait(for: barrier) } }
      group.addTask(executorPreference: pool) { for _ in 0..<10 { barrier.signal() } }
    }
  }

  @Test func aTaskThatAlwaysHasAnotherCallLetsOthersHaveTheirTurn() async throws {
    let pool = pool(limit: 1, width: 1)
    let isOver = Lock(false)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<4 {
        group.addTask(executorPreference: pool) {
          while !isOver.withLock({ $0 }) { try await pool.run { () throws(SystemError) in } }
        }
      }
      group.addTask(executorPreference: pool) { isOver.withLock { $0 = true } }
      try await group.waitForAll()
    }
  }

  /// Blocks the thread, which only synchronous code may do.
  private static func wait(for barrier: DispatchSemaphore) { barrier.wait() }
}

/// How many there are of something at once.
private final class Tally: Sendable {
  private let counts = Lock((now: 0, most: 0))

  var most: Int { counts.withLock { $0.most } }

  func during(_ work: () -> Void) {
    counts.withLock {
      $0.now += 1
      $0.most = max($0.most, $0.now)
    }
    work()
    counts.withLock { $0.now -= 1 }
  }
}
