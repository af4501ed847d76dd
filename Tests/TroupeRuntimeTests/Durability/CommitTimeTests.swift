import Dispatch
import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

/// When records become durable whose task has other things to do.
@Suite(.timeLimit(.minutes(10))) struct CommitTimeTests {
  private let pool = BlockingPool(limit: 8, width: 2, patience: .seconds(86_400))

  private func withWriter(_ body: (JournalWriter) async throws -> Void) async throws {
    try await withTemporaryFolder { folder in
      let files = PosixFiles(pool: pool)
      try await files.create("\(folder)/journal", [])
      let writer = JournalWriter(
        try await files.openForAppending("\(folder)/journal"), path: "journal", durable: 0,
        date: { JournalFixture.date }, onDurable: { _ in }, onFailure: { _ in })
      try await body(writer)
      try await writer.close()
    }
  }

  @Test func aTaskThatWaitsForEachOfItsRecordsStaysOnOneThread() async throws {
    try await withWriter { writer in
      let threads = try await withTaskExecutorPreference(pool) {
        var threads: Set<UInt> = []
        for sequence in 1...50 {
          writer.append(sequence, JournalFixture.record(sequence))
          try await writer.untilDurable(sequence)
          threads.insert(ThisThread.id)
        }
        return threads
      }
      #expect(threads.count == 1)
    }
  }

  @Test func whoeverElseWaitsForARecordDoesNotWaitForTheTaskThatHasAddedIt() async throws {
    try await withWriter { writer in
      let (added, barrier) = (Latch(), DispatchSemaphore(value: 0))
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask(executorPreference: pool) {
          writer.append(1, JournalFixture.record(1))
          added.arrive()
          Self.wait(for: barrier)
        }
        await added.untilArrived(1)
        try await writer.untilDurable(1)
        barrier.signal()
        try await group.waitForAll()
      }
    }
  }

  @Test func whoCameToWaitBeforeACommitIsPutOffDoesNotWaitForTheTaskEither() async throws {
    try await withTemporaryFolder { folder in
      let files = PosixFiles(pool: pool)
      try await files.create("\(folder)/journal", [])
      let file = try await files.openForAppending("\(folder)/journal")
      await withTaskExecutorPreference(pool) {
        let barrier = DispatchSemaphore(value: 0)
        file.commit({ [] }, isAwaited: { true }, then: { _ in barrier.signal() })
        Self.wait(for: barrier)
      }
      file.close()
    }
  }

  private struct Judged: Workflow {
    let judge: @Sendable (Int) -> Bool
    let input = Artifact<Int>("number")
    let output = Artifact<Int>("result")

    var body: some Step {
      Stage("work", reads: input, writes: output) { $0 }.gate("right", check: judge)
    }
  }

  @Test func whatAStageHasMadeBecomesDurableWhileAGateLooksAtIt() async throws {
    try await withTemporaryFolder { folder in
      let seen = Lock(false)
      let judged = Judged { _ in
        let isDurable = { Self.journal(in: folder).contains("\"type\":\"finished\"") }
        ThisThread.spin(atMost: .seconds(60)) { isDurable() ? () : nil }
        seen.withLock { $0 = isDurable() }
        return true
      }
      _ = try await Runtime(store: .directory(folder)).run(judged, input: 1, id: "judged")
      #expect(seen.withLock { $0 })
    }
  }

  private static func journal(in folder: String) -> String {
    (try? String(contentsOfFile: "\(folder)/runs/judged/journal-000001.jsonl", encoding: .utf8))
      ?? ""
  }

  /// Blocks the thread, which only synchronous code may do.
  private static func wait(for barrier: DispatchSemaphore) { barrier.wait() }
}
