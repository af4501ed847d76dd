import Dispatch
import Testing

@testable import TroupeRuntime

@Suite(.timeLimit(.minutes(10))) struct BlockingPoolTests {
  @Test func workIsDoneOnAThreadOfThePool() async throws {
    let pool = BlockingPool(limit: 4, patience: .seconds(86_400))
    let caller = ThisThread.id
    let worker = try await pool.run { () throws(SystemError) in ThisThread.id }
    #expect(worker != caller)
    #expect(pool.threads == 1)
  }

  @Test func whatFailsThrows() async {
    let pool = BlockingPool(limit: 1, patience: .seconds(86_400))
    await expectFailure(.noSpace) {
      try await pool.run { () throws(SystemError) in throw SystemError(call: "write", .noSpace) }
    }
  }

  @Test func aThreadWithNothingToDoIsUsedAgain() async throws {
    // Longer than a machine that has much else to do may take to look.
    let pool = BlockingPool(limit: 64, patience: .seconds(86_400))
    var workers: Set<UInt> = []
    for _ in 0..<100 {
      workers.insert(try await pool.run { () throws(SystemError) in ThisThread.id })
      while pool.idle == 0 { await Task.yield() }
    }
    #expect(workers.count == 1)
    #expect(pool.threads == 1)
  }

  @Test func workThatBlocksTakesAThreadEachUpToTheLimit() async {
    let pool = BlockingPool(limit: 3, patience: .seconds(86_400))
    let (started, barrier) = (Latch(), DispatchSemaphore(value: 0))
    let order = Lock([Int]())
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<10 {
        group.addTask {
          await withCheckedContinuation { continuation in
            pool.submit {
              started.arrive()
              barrier.wait()
              order.withLock { $0.append(number) }
              continuation.resume()
            }
          }
        }
      }
      await started.untilArrived(3)
      #expect(pool.threads == 3)
      #expect(order.withLock { $0.isEmpty })
      for _ in 0..<10 { barrier.signal() }
    }
    #expect(order.withLock { $0.sorted() } == Array(0..<10))
    #expect(pool.threads == 3)
  }

  @Test func whatWaitsForAThreadIsDoneInItsOrder() async {
    let pool = BlockingPool(limit: 1, patience: .seconds(86_400))
    let barrier = DispatchSemaphore(value: 0)
    let order = Lock([Int]())
    pool.submit { barrier.wait() }
    await withCheckedContinuation { continuation in
      for number in 0..<3_000 { pool.submit { order.withLock { $0.append(number) } } }
      pool.submit { continuation.resume() }
      barrier.signal()
    }
    #expect(order.withLock { $0 } == Array(0..<3_000))
  }

  @Test func threadsWithoutWorkEndAfterAWhile() async throws {
    let pool = BlockingPool(limit: 8, patience: .milliseconds(1))
    for _ in 0..<3 {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<20 { group.addTask { try await pool.run { () throws(SystemError) in } } }
        try await group.waitForAll()
      }
      while pool.threads > 0 { await Task.yield() }
    }
  }

  @Test func tasksGoOnWhileAllThreadsOfThePoolBlock() async {
    let pool = BlockingPool(limit: 64, patience: .seconds(86_400))
    let (started, barrier) = (Latch(), DispatchSemaphore(value: 0))
    for _ in 0..<64 {
      pool.submit {
        started.arrive()
        barrier.wait()
      }
    }
    await started.untilArrived(64)
    let sum = await withTaskGroup(of: Int.self) { group in
      for number in 1...100 { group.addTask { number } }
      return await group.reduce(0, +)
    }
    #expect(sum == 5_050)
    for _ in 0..<64 { barrier.signal() }
  }
}
