import Foundation
import Testing
import Troupe
import TroupePlan
import TroupeSimulation

@testable import TroupeRuntime

@Suite struct JournalDamageTests {
  @Test func aByteThatChangedIsNeverReadAsARecord() throws {
    var random = SeededGenerator(seed: 3)
    var tails = 0
    for journal in 0..<100 {
      let sizes = (0...journal % 4).map { _ in Int.random(in: 1...4, using: &random) }
      let bytes = JournalFixture.journal(sizes, filling: Int.random(in: 0...80, using: &random))
      let records = try JournalReader.read(bytes).records.map(\.members)
      // What the last batch says is durable must be there, or there is an error.
      let durable = records.count - sizes[sizes.count - 1]
      for _ in 0..<100 {
        var changed = bytes
        let index = Int.random(in: 0..<bytes.count, using: &random)
        changed[index] ^= UInt8.random(in: 1...255, using: &random)
        guard let contents = try? JournalReader.read(changed) else { continue }
        tails += 1
        #expect(contents.records.map(\.members) == Array(records[..<durable]))
        #expect(contents.end != .whole)
      }
    }
    // Newlines at the end of the file, hardly more.
    #expect(tails > 0 && tails < 200)
  }

  @Test func severalChangesAreNeverReadAsRecords() throws {
    var random = SeededGenerator(seed: 4)
    let bytes = JournalFixture.journal([2, 1, 3], filling: 60)
    let records = try JournalReader.read(bytes).records.map(\.members)
    for _ in 0..<2_000 {
      var changed = bytes
      for _ in 0...Int.random(in: 0...3, using: &random) {
        switch Int.random(in: 0...4, using: &random) {
        case 0: changed.remove(at: Int.random(in: 0..<changed.count, using: &random))
        case 1: changed.insert(0x0A, at: Int.random(in: 0..<changed.count, using: &random))
        case 2: changed[Int.random(in: 0..<changed.count, using: &random)] = 0
        case 3: changed.removeLast(Int.random(in: 1...20, using: &random))
        default: changed[Int.random(in: 0..<changed.count, using: &random)] ^= 1
        }
      }
      guard changed != bytes, let contents = try? JournalReader.read(changed) else { continue }
      let read = contents.records.map(\.members)
      #expect(read.count < records.count && records.starts(with: read))
    }
  }

  @Test func anErrorNamesTheLine() throws {
    var bytes = JournalFixture.journal([2, 2, 1])
    let line = lines(of: bytes)[..<2].joined().count
    bytes[line + 60] ^= 1
    let damage = try #require(throws: JournalDamage.self) { try JournalReader.read(bytes) }
    #expect(damage.line == 3)
    #expect(damage.offset == line)
    #expect(
      damage.description(in: "runs/a/journal.jsonl")
        == "runs/a/journal.jsonl:3: the checksum does not fit the record (byte \(line)); "
        + "'troupe repair' shows what can be saved and what would be lost")
  }

  @Test func zerosWhereRecordsWereDurableAreDamage() throws {
    var bytes = JournalFixture.journal([1, 4, 1], filling: 700)
    bytes.replaceSubrange(1_024..<1_536, with: [UInt8](repeating: 0, count: 512))
    try expect(bytes, line: 2, "though record 6 in line 6 says that record 5 was durable")
    // Without the record that says so, it is what a crash leaves.
    let torn = Array(lines(of: bytes).dropLast().joined())
    #expect(try JournalReader.read(torn).records.count == 1)
  }

  @Test func zerosThatAreNoSectorsAreDamage() throws {
    let bytes = JournalFixture.journal([1, 4], filling: 700)
    for (start, end) in [(1_024, 1_500), (1_030, 1_536), (1_030, bytes.count), (1_024, 1_025)] {
      var changed = bytes
      changed.replaceSubrange(start..<end, with: [UInt8](repeating: 0, count: end - start))
      try expect(changed, line: 2, "not as an interrupted write leaves it")
    }
  }

  @Test func damageBesideAHoleIsDamage() throws {
    var bytes = JournalFixture.journal([1, 4], filling: 700)
    bytes.replaceSubrange(1_024..<1_536, with: [UInt8](repeating: 0, count: 512))
    bytes[bytes.count - 20] ^= 1
    try expect(bytes, line: 2, "and line 5 is damaged too")
  }

  @Test func aMissingRecordBehindAHoleIsDamage() throws {
    var bytes = JournalFixture.journal([1, 5], filling: 700)
    bytes.replaceSubrange(1_024..<1_536, with: [UInt8](repeating: 0, count: 512))
    let all = lines(of: bytes)
    #expect(try JournalReader.read(bytes).records.count == 1)
    try expect(
      Array((all[..<3] + all[4...]).joined()), line: 2,
      "and record 5 in line 4 does not follow")
  }

  @Test func whatIsNotTheBeginningOfARecordIsNoTail() throws {
    let bytes = JournalFixture.journal([1, 4])
    try expect(bytes + Array("a note".utf8), line: 6, "not a record")
    try expect(bytes + Array("{}\n".utf8), line: 6, "not a record")
    try expect(bytes + Array(#"{"crc":"00000000","seq":7"#.utf8), line: 6, "not a record")
    let torn = bytes + Array(#"{"crc":"00000000","seq":6"#.utf8)
    #expect(try JournalReader.read(torn).records.count == 5)
  }

  @Test func aBatchOfFullLengthDoesNotEndEarly() throws {
    var bytes = JournalFixture.journal([1, 2])
    bytes[bytes.count - 1] = UInt8(ascii: " ")
    try expect(bytes, line: 3, "not as an interrupted write leaves it")
  }

  @Test func aMissingRecordIsDamage() throws {
    let all = lines(of: JournalFixture.journal([1, 1, 3]))
    try expect(
      Array((all[..<1] + all[2...]).joined()), line: 2,
      "this is record 3 where record 2 should be")
    try expect(
      Array((all[..<3] + all[4...]).joined()), line: 4,
      "this is record 5 where record 4 should be")
    try expect(Array((all + all[2...2]).joined()), line: 6, "where record 6 should be")
  }

  @Test func batchesMustBeAsTheySay() throws {
    let (one, two) = (JournalFixture.journal([1]), JournalFixture.journal([2], from: 2))
    let short = JournalFixture.journal([1], from: 3)
    try expect(one + lines(of: two)[0] + short, line: 3, "a batch begins where another")
    try expect(one + lines(of: two)[1], line: 2, "where record 2 should be")
    let filled = JournalFixture.journal([2], from: 2, filling: 5)
    try expect(one + lines(of: filled)[0] + lines(of: two)[1], line: 3, "does not have the length")
    let later = JournalFixture.journal([2], from: 1)
    try expect(one + lines(of: later)[1], line: 2, "no batch begins where one has ended")
  }

  @Test func aRecordThatKnowsTooMuchIsDamage() throws {
    let record = [(2, JournalFixture.record(2))]
    let bytes = JournalWriter.bytes(of: record, durable: 2, at: JournalFixture.date)
    try expect(JournalFixture.journal([1]) + bytes, line: 2, "cannot know that record 2")
  }

  private func expect(
    _ bytes: [UInt8], line: Int, _ problem: String,
    at place: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let damage = try #require(throws: JournalDamage.self, sourceLocation: place) {
      _ = try JournalReader.read(bytes)
    }
    #expect(damage.line == line, sourceLocation: place)
    #expect(damage.problem.contains(problem), sourceLocation: place)
  }
}
