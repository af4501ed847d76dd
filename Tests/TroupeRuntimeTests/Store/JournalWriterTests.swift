import Dispatch
import Foundation
import Testing
import Troupe
import TroupePlan

@testable import TroupeRuntime

@Suite struct JournalWriterTests {
  private let file = HeldFile()

  @Test func whatIsAppendedUntilWritingBeginsGoesIntoOneBatch() async throws {
    let writer = JournalFixture.writer(file)
    writer.append(1, JournalFixture.record(1))
    writer.append(2, JournalFixture.record(2))
    writer.append(3, JournalFixture.record(3))
    file.sync()
    try await writer.untilDurable(3)
    #expect(file.commits == 1)
    #expect(text(file.content) == text(JournalFixture.journal([3])))
  }

  @Test func whatIsAppendedWhileABatchIsWrittenGoesIntoTheNext() async throws {
    let writer = JournalFixture.writer(file)
    writer.append(1, JournalFixture.record(1))
    file.begin()
    writer.append(2, JournalFixture.record(2))
    writer.append(3, JournalFixture.record(3))
    #expect(file.commits == 1)
    file.end()
    #expect(file.commits == 2)
    writer.append(4, JournalFixture.record(4))
    file.sync()
    try await writer.untilDurable(4)
    #expect(file.commits == 2)
    #expect(text(file.content) == text(JournalFixture.journal([1, 3])))
  }

  @Test func aCommitKnowsWhetherSomebodyWaitsForIt() async throws {
    let writer = JournalFixture.writer(file)
    writer.append(1, JournalFixture.record(1))
    #expect(!file.isAwaited)
    async let first: Void = writer.untilDurable(1)
    while writer.waiters < 1 { await Task.yield() }
    #expect(file.isAwaited)
    file.begin()
    writer.append(2, JournalFixture.record(2))
    #expect(!file.isAwaited)
    file.end()
    try await first
    #expect(!file.isAwaited)
    async let closed: Void = writer.close()
    while !file.isAwaited { await Task.yield() }
    file.sync()
    try await closed
  }

  @Test func aRecordThatIsDurableWaitsForNoLaterOne() async throws {
    let writer = JournalFixture.writer(file)
    writer.append(1, JournalFixture.record(1))
    file.begin()
    writer.append(2, JournalFixture.record(2))
    file.end()
    file.begin()
    try await writer.untilDurable(1)
    file.end()
    try await writer.untilDurable(2)
  }

  /// Runs jobs one after the other, in the order in which they come.
  private final class Line: TaskExecutor {
    private let queue = DispatchQueue(label: "line")

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  @Test func whoWaitsIsToldInTheOrderOfTheRecords() async throws {
    let line = Line()
    let writer = JournalFixture.writer(file)
    let order = Notes()
    for sequence in 1...6 { writer.append(sequence, JournalFixture.record(sequence)) }
    var tasks: [Task<Void, any Error>] = []
    for sequence in [5, 2, 6, 2, 1, 4] {
      tasks.append(
        Task(executorPreference: line) {
          try await writer.untilDurable(sequence)
          order.add("\(sequence)")
        })
      while writer.waiters < tasks.count { await Task.yield() }
    }
    file.sync()
    for task in tasks { try await task.value }
    #expect(order.all == ["1", "2", "2", "4", "5", "6"])
  }

  @Test func whatIsDurableIsSaidInOrderAndBeforeWhoWaitsForIt() async throws {
    let said = Notes()
    let writer = JournalFixture.writer(file, onDurable: { said.add("\($0)") })
    writer.append(1, JournalFixture.record(1))
    writer.append(2, JournalFixture.record(2))
    file.begin()
    writer.append(3, JournalFixture.record(3))
    file.end()
    try await writer.untilDurable(1)
    #expect(said.all == ["2"])
    file.sync()
    #expect(said.all == ["2", "3"])
  }

  @Test func recordsGoOnAfterWhatTheFileHolds() async throws {
    // 7 is in the file, though nobody knows whether durably.
    let file = HeldFile(JournalFixture.journal([6, 1]))
    let writer = JournalFixture.writer(file, durable: 6)
    try await writer.untilDurable(6)
    writer.append(8, JournalFixture.record(8))
    file.sync()
    try await writer.untilDurable(7)
    let last = try #require(lines(of: file.content).last)
    #expect(try JSONValue(parsing: last)["durable"] == 6)
  }

  @Test func aCancelledTaskWaitsAllTheSame() async throws {
    let writer = JournalFixture.writer(file)
    writer.append(1, JournalFixture.record(1))
    let task = Task { try await writer.untilDurable(1) }
    task.cancel()
    while writer.waiters == 0 { await Task.yield() }
    file.sync()
    try await task.value
  }

  @Test func closingCommitsWhatIsLeft() async throws {
    let writer = JournalFixture.writer(file)
    writer.append(1, JournalFixture.record(1))
    file.begin()
    writer.append(2, JournalFixture.record(2))
    async let closed: Void = writer.close()
    while writer.waiters == 0 { await Task.yield() }
    file.end()
    #expect(!file.isClosed)
    file.sync()
    try await closed
    #expect(file.isClosed)
    #expect(text(file.content) == text(JournalFixture.journal([1, 1])))
  }

  @Test func aWriterThatWroteNothingCloses() async throws {
    try await JournalFixture.writer(file, durable: 3).close()
    #expect(file.isClosed)
    #expect(file.commits == 0)
  }

  @Test func manyTasksShareTheWriter() async throws {
    let file = HeldFile(isInstant: true)
    let next = Lock(1)
    let said = Notes()
    let writer = JournalFixture.writer(file, onDurable: { said.add("\($0)") })
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<50 {
            let sequence = next.withLock { next in
              defer { next += 1 }
              writer.append(next, JournalFixture.record(next))
              return next
            }
            try await writer.untilDurable(sequence)
          }
        }
      }
      try await group.waitForAll()
    }
    try await writer.close()
    #expect(lines(of: file.content).count == 400)
    #expect(said.all.last == "400")
  }
}
