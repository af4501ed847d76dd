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

  package func integer(_ key: String) -> Int {
    if case .integer(let number)? = json[key] { number } else { 0 }
  }

  package func bool(_ key: String) -> Bool { json[key] == .bool(true) }

  package func span(_ key: String) -> Duration? {
    text(key).flatMap { DurationText.parse(iso: $0) }
  }

  package func duration(_ key: String) -> Duration { span(key) ?? .zero }

  package func date(_ key: String) -> Date? { text(key).flatMap { InstantText.date(from: $0) } }
}
