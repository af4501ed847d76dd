import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// Pools to which the system gives no threads, or only some.
@Suite(.timeLimit(.minutes(10))) struct RefusedThreadTests {
  /// Which of the threads that a pool asks for it gets.
  enum Grant: String, CaseIterable {
    case none, everySecond, first, allButTheFirst

    func isGiven(_ number: Int) -> Bool {
      switch self {
      case .none: false
      case .everySecond: number.isMultiple(of: 2)
      case .first: number == 1
      case .allButTheFirst: number > 1
      }
    }
  }

  private func pool(_ grant: Grant, limit: Int = 4, patience: Duration = .zero) -> BlockingPool {
    let asked = Lock(0)
    // Without patience threads end at once, so that the pool asks again and again.
    return BlockingPool(limit: limit, width: 2, patience: patience, stall: 1) {
      body throws(SystemError) in
      let number = asked.withLock { asked in
        asked += 1
        return asked
      }
      guard grant.isGiven(number) else { throw SystemError(call: "pthread_create", code: 11) }
      try BlockingThread.start(body)
    }
  }

  @Test(arguments: Grant.allCases)
  func eachCallIsDoneOnce(grant: Grant) async throws {
    let pool = pool(grant)
    let done = Lock([Int]())
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<500 {
        group.addTask {
          try await pool.run { () throws(SystemError) in
            done.withLock { $0.append(number) }
            return number
          }
        }
      }
      var sum = 0
      for try await number in group { sum += number }
      #expect(sum == 500 * 499 / 2)
    }
    #expect(done.withLock { $0.sorted() } == Array(0..<500))
  }

  @Test(arguments: Grant.allCases)
  func tasksRunAndEachOfTheirCallsIsDoneOnce(grant: Grant) async throws {
    let pool = pool(grant)
    let done = Lock([Int]())
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<50 {
        group.addTask(executorPreference: pool) {
          for call in 0..<20 {
            let number = task * 20 + call
            let given = try await pool.run { () throws(SystemError) in
              done.withLock { $0.append(number) }
              return number
            }
            #expect(given == number)
            await Task.yield()
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(done.withLock { $0.sorted() } == Array(0..<1_000))
  }

  private struct Sum: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<Int>("sum")
    let squares = Artifact<[Int]>("squares")
    let done: Lock<[Int]>

    var body: some Step {
      FanOut("each", over: input, into: squares) { number, square in
        Stage("square", reads: number, writes: square) { number in
          done.withLock { $0.append(number) }
          return number * number
        }
      }
      Stage("add", reads: squares, writes: output) { $0.reduce(0, +) }
    }
  }

  @Test(arguments: Grant.allCases)
  func aRunThatIsKeptComesToItsEnd(grant: Grant) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "troupe-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = Store(files: PosixFiles(pool: pool(grant), below: folder), root: folder)
    let done = Lock([Int]())
    let numbers = Array(1...40)
    let sum = try await Runtime(store: store).run(Sum(done: done), input: numbers, id: "a")
    #expect(sum == numbers.reduce(0) { $0 + $1 * $1 })
    #expect(done.withLock { $0.sorted() } == numbers)
    let history = try await store.history(of: "a")
    #expect(history.status == .ended(.completed))
    let finished = history.events.count { if case .finished = $0.kind { true } else { false } }
    #expect(finished == 41)
  }
}
