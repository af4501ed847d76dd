package import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Reads members of a record. What is missing reads as empty or zero: the checksum says that the
/// record is as it was written, and what a later version adds is left alone.
package struct RecordReader {
  package let json: JSONValue

  package init(_ json: JSONValue) {
    self.json = json
  }

  package func text(_ key: String) -> String? {
    if case .string(let text)? = json[key] { text } else { nil }
  }

  package func string(_ key: String) -> String { text(key) ?? "" }

  package func texts(_ key: String) -> [String] {
    guard case .array(let items)? = json[key] else { return [] }
    return items.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }

  package func integer(_ key: String) -> Int {
    if case .integer(let number)? = json[key] { number } else { 0 }
  }

  package func number(_ key: String) -> Double {
    switch json[key] {
    case .integer(let number)?: Double(number)
    case .number(let number)?: number
    default: 0
    }
  }

  package func bool(_ key: String) -> Bool { json[key] == .bool(true) }

  package func span(_ key: String) -> Duration? {
    text(key).flatMap { DurationText.parse(iso: $0) }
  }

  package func duration(_ key: String) -> Duration { span(key) ?? .zero }

  /// How long processes have worked on the run up to the record, if it says so.
  package var ran: Duration? {
    guard case .integer(let microseconds)? = json["ran"] else { return nil }
    return .microseconds(microseconds)
  }

  package func date(_ key: String) -> Date? { text(key).flatMap { InstantText.date(from: $0) } }
}
