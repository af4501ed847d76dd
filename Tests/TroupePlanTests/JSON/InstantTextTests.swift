import Foundation
import Testing
import TroupeSimulation

@testable import TroupePlan

@Suite struct InstantTextTests {
  @Test(arguments: [
    (0.0, "2001-01-01T00:00:00Z"), (0.25, "2001-01-01T00:00:00.25Z"),
    (0.000_001, "2001-01-01T00:00:00.000001Z"), (0.999_999_9, "2001-01-01T00:00:01Z"),
    (-0.5, "2000-12-31T23:59:59.5Z"), (800_000_000.123, "2026-05-09T06:13:20.123Z"),
  ])
  func instantsAreWrittenToTheMicrosecond(seconds: Double, text: String) throws {
    let date = Date(timeIntervalSinceReferenceDate: seconds)
    #expect(InstantText.text(of: date) == text)
    let read = try #require(InstantText.date(from: text))
    #expect(abs(read.timeIntervalSince(date)) < 0.000_000_6)
  }

  @Test func readingAndWritingAgainChangesNothing() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let seconds = Double.random(in: -2e9...2e9, using: &random)
      let text = InstantText.text(of: Date(timeIntervalSinceReferenceDate: seconds))
      #expect(InstantText.text(of: try #require(InstantText.date(from: text))) == text)
    }
  }

  @Test func offsetsAreRead() {
    let utc = InstantText.date(from: "2026-01-01T10:00:00.5Z")
    #expect(utc != nil)
    #expect(InstantText.date(from: "2026-01-01T12:00:00.5+02:00") == utc)
  }

  @Test(arguments: ["", "yesterday", "2026-01-01", "2026-01-01T00:00:00.Z", "2026-13-01T00:00:00Z"])
  func whatIsNoInstantIsRefused(text: String) {
    #expect(InstantText.date(from: text) == nil)
  }
}
