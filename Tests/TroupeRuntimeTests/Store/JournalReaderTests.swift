import Foundation
import Testing
import Troupe
import TroupePlan

@testable import TroupeRuntime

@Suite struct JournalReaderTests {
  @Test func whatWasWrittenIsRead() throws {
    let bytes = JournalFixture.journal([2, 1, 3], filling: 40)
    let contents = try JournalReader.read(bytes)
    #expect(contents.records.map(\.sequence) == [1, 2, 3, 4, 5, 6])
    #expect(contents.records.map(\.type) == (1...6).map { "record\($0)" })
    #expect(contents.records[4].members["é"] == .string(String(repeating: "x", count: 40)))
    #expect(contents.records[4].members["durable"] == 3)
    #expect(abs(contents.records[4].at.timeIntervalSince(JournalFixture.date)) < 0.000_001)
    #expect(contents.durable == 3)
    #expect(contents.end == .whole)
  }

  @Test func aSegmentBeginsAnywhere() throws {
    let contents = try JournalReader.read(JournalFixture.journal([1, 2], from: 5_001))
    #expect(contents.records.map(\.sequence) == [5_001, 5_002, 5_003])
    #expect(contents.durable == 5_001)
  }

  @Test func onlyTheLastBatchIsNotProvenToBeDurable() throws {
    let (whole, torn) = (
      JournalFixture.journal([2, 300, 3]), JournalFixture.journal([2], from: 306)
    )
    let last = JournalFixture.journal([2, 300]).count..<whole.count
    let unproven = try JournalReader.read(whole).unproven
    #expect(unproven.indices == last && Array(unproven) == Array(whole[last]))
    // A later batch was only begun when the one before it was durable.
    let lines = lines(of: torn)
    #expect(try JournalReader.read(whole + lines[0]).unproven.isEmpty)
    // What a segment begins with is written as a whole before it has its name.
    let segment = JournalFixture.journal([1], from: 5_001)
    #expect(Array(try JournalReader.read(segment).unproven) == segment)
    let longer = JournalFixture.journal([1, 2], from: 5_001)
    #expect(try JournalReader.read(longer).unproven.startIndex == segment.count)
  }

  @Test func anEmptyFileHoldsNothing() throws {
    let contents = try JournalReader.read([])
    #expect(contents.records.isEmpty)
    #expect(contents.end == .whole)
  }

  @Test func theBatchAfterACutGoesOnWhereTheWholeOnesEnd() throws {
    let whole = JournalFixture.journal([2, 2])
    let torn = JournalFixture.journal([3], from: 5).dropLast(10)
    let contents = try JournalReader.read(whole + torn)
    #expect(contents.end == .torn(from: whole.count, bytes: torn.count))
    let cut = JournalWriter.bytes(
      of: [(5, JournalFixture.body("cut"))], durable: 4, at: JournalFixture.date)
    #expect(try JournalReader.read(whole + cut).records.map(\.sequence) == [1, 2, 3, 4, 5])
  }

  @Test func besideAWriterThereIsNoMoreThanWholeBatches() throws {
    let bytes = JournalFixture.journal([2, 1, 3])
    for length in 0...bytes.count {
      let part = Array(bytes.prefix(length))
      let records = try JournalReader.readBesideWriter(part)
      #expect([0, 2, 3, 6].contains(records.count))
      #expect(records.count == (try JournalReader.read(part).records.count))
    }
  }

  @Test(arguments: [
    (#""type":"a""#, nil), (#""type":"ü\u00e9""#, nil),
    (#""type":"a","seq":2"#, "the record is not JSON: line 1"),
    (#""type":nothing"#, "the record is not JSON: line 1"),
  ])
  func bodiesMustBeJSON(body: String, problem: String?) throws {
    try expect(problem, of: Array(body.utf8))
  }

  @Test func bodiesMustBeUTF8() throws {
    try expect("not UTF-8", of: Array("\"type\":\"".utf8) + [0xFF, UInt8(ascii: "\"")])
  }

  private func expect(_ problem: String?, of body: [UInt8]) throws {
    let bytes =
      JournalFixture.journal([1])
      + JournalWriter.bytes(of: [(2, body)], durable: 1, at: JournalFixture.date)
    guard let problem else { return #expect(try JournalReader.read(bytes).records.count == 2) }
    let damage = try #require(throws: JournalDamage.self) { try JournalReader.read(bytes) }
    #expect(damage.line == 2)
    #expect(damage.problem.contains(problem))
  }
}
