import Foundation
import Troupe

@testable import TroupeRuntime

/// Makes journals for tests.
enum JournalFixture {
  /// A time that needs all its digits: `2026-11-21T11:11:24.123456Z`.
  static let date = Date(timeIntervalSinceReferenceDate: 816_952_284.123456)

  static func body(_ text: String) -> [UInt8] { Array("\"type\":\"\(text)\"".utf8) }

  /// The bytes of batches of so many records each, as one writer writes them one after the other.
  static func journal(_ batches: [Int], from first: Int = 1, filling: Int = 0) -> [UInt8] {
    var (bytes, next): ([UInt8], Int) = ([], first)
    for count in batches {
      let records = (next..<next + count).map { ($0, Self.record($0, filling: filling)) }
      bytes += JournalWriter.bytes(of: records, durable: next - 1, at: date)
      next += count
    }
    return bytes
  }

  /// The members of the record that `journal` writes.
  static func record(_ sequence: Int, filling: Int = 0) -> [UInt8] {
    body("record\(sequence)") + Array(#","é":""#.utf8)
      + [UInt8](repeating: UInt8(ascii: "x"), count: filling) + Array(#"""#.utf8)
  }

  static func writer(
    _ file: HeldFile, durable: Int = 0,
    onDurable: @escaping @Sendable (Int) -> Void = { _ in },
    onFailure: @escaping @Sendable (JournalError) -> Void = { _ in }
  ) -> JournalWriter {
    JournalWriter(
      file, path: "runs/a/journal.jsonl", durable: durable, date: { date }, onDurable: onDurable,
      onFailure: onFailure)
  }
}

/// The lines of a text, with their newlines.
func lines(of bytes: [UInt8]) -> [[UInt8]] {
  var lines: [[UInt8]] = []
  for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
    lines.append(line + [UInt8(ascii: "\n")])
  }
  return lines.dropLast()
}

/// Bytes as text, to be read in a failing test.
func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
