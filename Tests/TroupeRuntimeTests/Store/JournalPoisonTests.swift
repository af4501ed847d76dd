import Foundation
import Testing
import Troupe

@testable import TroupeRuntime

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite struct JournalPoisonTests {
  private let file = HeldFile()
  private let said = Notes()
  private let full = SystemError(call: "write", code: ENOSPC)

  private var writer: JournalWriter {
    JournalFixture.writer(
      file, onDurable: { [said] in said.add("\($0)") },
      onFailure: { [said] in said.add("\($0)") })
  }

  @Test func everyoneWhoWaitsGetsTheError() async throws {
    let writer = writer
    writer.append(1, JournalFixture.record(1))
    file.begin()
    writer.append(2, JournalFixture.record(2))
    let tasks = [1, 2].map { sequence in Task { try await writer.untilDurable(sequence) } }
    while writer.waiters < 2 { await Task.yield() }
    file.end(.failure(full))
    for task in tasks { await #expect(throws: JournalError.self) { try await task.value } }
    #expect(said.all.count == 1)
  }

  @Test func nothingIsAppendedAnyMore() async throws {
    let writer = writer
    writer.append(1, JournalFixture.record(1))
    file.begin()
    writer.append(2, JournalFixture.record(2))
    file.end(.failure(full))
    let content = file.content
    writer.append(3, JournalFixture.record(3))
    file.sync()
    #expect(file.commits == 1)
    #expect(file.content == content)
    #expect(said.all.count == 1)
  }

  @Test func whoComesLaterGetsTheErrorToo() async throws {
    let writer = writer
    writer.append(1, JournalFixture.record(1))
    file.sync()
    writer.append(2, JournalFixture.record(2))
    file.begin()
    file.end(.failure(full))
    for sequence in [1, 2, 3] {
      await #expect(throws: JournalError.self) { try await writer.untilDurable(sequence) }
    }
  }

  @Test func closingThrowsButCloses() async throws {
    let writer = writer
    writer.append(1, JournalFixture.record(1))
    file.begin()
    file.end(.failure(full))
    await #expect(throws: JournalError.self) { try await writer.close() }
    #expect(file.isClosed)
  }

  @Test func theErrorSaysWhatToDo() throws {
    let writer = writer
    writer.append(1, JournalFixture.record(1))
    file.begin()
    file.end(.failure(full))
    #expect(
      said.all == [
        "'runs/a/journal.jsonl' cannot be written: write: No space left on device; "
          + "free space on its disk, then resume the run"
      ])
  }
}
