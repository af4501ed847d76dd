import Foundation
import Testing
import Troupe
import TroupeSimulation

@testable import TroupePlan
@testable import TroupeRuntime

@Suite struct JournalLineTests {
  @Test func aBatchLooksAsTheDocumentationShowsIt() throws {
    let records = [(9, JournalFixture.body("finished")), (10, JournalFixture.body("started"))]
    let bytes = JournalWriter.bytes(of: records, durable: 8, at: JournalFixture.date)
    #expect(
      text(bytes) == """
        {"crc":"9a809f79","seq":9,"durable":8,"batch":{"records":2,"bytes":218},\
        "at":"2026-11-21T11:11:24.123456Z","type":"finished"}
        {"crc":"befcf52b","seq":10,"durable":8,"at":"2026-11-21T11:11:24.123456Z","type":"started"}

        """)
    let article = URL(filePath: #filePath)
      .appending(path: "../../../../Sources/Troupe/Troupe.docc/TheJournal.md").standardized
    #expect(try String(contentsOf: article, encoding: .utf8).contains(text(bytes)))
  }

  @Test func aBatchCountsItsOwnBytes() throws {
    for filling in 0...400 {
      let bytes = JournalFixture.journal([3], filling: filling * 3)
      let first = try JSONValue(parsing: lines(of: bytes)[0])
      #expect(first["batch"] == ["records": 3, "bytes": .integer(bytes.count)])
    }
  }

  @Test func theChecksumIsThatOfTheSpecification() {
    func checksum(_ bytes: [UInt8]) -> UInt32 { bytes.withUnsafeBytes { CRC32C.checksum(of: $0) } }
    #expect(checksum(Array("123456789".utf8)) == 0xE306_9283)
    // RFC 3720, appendix B.4.
    #expect(checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(checksum(Array(0..<32)) == 0x46DD_794E)
  }

  @Test func theChecksumIsOfAllThatFollowsIt() throws {
    for line in lines(of: JournalFixture.journal([3, 1], filling: 5)) {
      let json = try JSONValue(parsing: line)
      let rest = Array(line[18..<line.count - 1])
      let checksum = rest.withUnsafeBytes { CRC32C.checksum(of: $0) }
      let digits = String(checksum, radix: 16)
      #expect(json["crc"] == .string(String(repeating: "0", count: 8 - digits.count) + digits))
    }
  }

  @Test func timesAreThoseOfInstantText() throws {
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2_000 {
      // Foundation's calendar is the Julian one before 1582.
      let seconds = Double.random(in: -1.3e10...2e11, using: &random)
      let date = Date(timeIntervalSinceReferenceDate: seconds)
      let written = try #require(InstantText.date(from: self.written(date)))
      #expect(InstantText.text(of: written) == InstantText.text(of: date))
      let read = try #require(Array(self.written(date).utf8).withUnsafeBytes { JournalTime($0) })
      #expect(read == JournalTime(date))
      #expect(abs(read.date.timeIntervalSince(date)) < 0.000_05)
    }
  }

  @Test(arguments: [
    (0, "2001-01-01T00:00:00.000000Z"), (-0.5, "2000-12-31T23:59:59.500000Z"),
    (5_097_599.999_999_9, "2001-03-01T00:00:00.000000Z"),
    (97_286_400, "2004-02-01T00:00:00.000000Z"), (99_705_600, "2004-02-29T00:00:00.000000Z"),
    (-1e300, "0001-01-01T00:00:00.000000Z"), (.infinity, "9999-12-31T23:59:59.999999Z"),
    (.nan, "9999-12-31T23:59:59.999999Z"),
  ])
  func everyTimeHasTheSameLength(seconds: Double, text: String) {
    #expect(written(Date(timeIntervalSinceReferenceDate: seconds)) == text)
  }

  @Test(arguments: [
    "2026-02-29T00:00:00.000000Z", "2026-13-01T00:00:00.000000Z", "2026-01-01T24:00:00.000000Z",
    "2026-01-01T00:00:00.000000z", "2026-01-01T00:00:60.000000Z", "2026-01-01T00:00:00Z",
  ])
  func whatIsNoTimeIsRefused(text: String) {
    #expect(Array(text.utf8).withUnsafeBytes { JournalTime($0) } == nil)
  }

  private func written(_ date: Date) -> String {
    let bytes = [UInt8](unsafeUninitializedCapacity: JournalTime.length) { memory, count in
      var buffer = JournalBuffer(UnsafeMutableRawBufferPointer(memory))
      JournalTime(date).write(to: &buffer)
      count = buffer.count
    }
    return text(bytes)
  }
}
