package import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Writes the members of a record as JSON (RFC 8259), without the braces around them.
package struct RecordWriter {
  /// What has been written so far, in UTF-8.
  package private(set) var bytes: [UInt8] = []

  package init(type: String) {
    bytes.reserveCapacity(160)
    add("type", type)
  }

  /// Adds text.
  package mutating func add(_ key: StaticString, _ value: String) {
    begin(key)
    append(quoted: value)
  }

  /// Adds text, if there is some.
  package mutating func add(_ key: StaticString, _ value: String?) {
    if let value { add(key, value) }
  }

  /// Adds a whole number, or the nearest one that a record can hold.
  package mutating func add(_ key: StaticString, _ value: Int) {
    begin(key)
    bytes += String(RecordNumbers.clamped(value)).utf8
  }

  /// Adds `true`, or nothing.
  package mutating func add(_ key: StaticString, _ value: Bool) {
    guard value else { return }
    begin(key)
    bytes += "true".utf8
  }

  /// Adds a duration as ISO 8601 writes it, if there is one.
  package mutating func add(_ key: StaticString, _ value: Duration?) {
    if let value { add(key, DurationText.iso(RecordNumbers.clamped(value))) }
  }

  /// Adds an instant as RFC 3339 writes it, if there is one.
  package mutating func add(_ key: StaticString, _ value: Date?) {
    if let value { add(key, InstantText.text(of: value)) }
  }

  /// Adds any JSON value.
  package mutating func add(_ key: StaticString, json value: JSONValue) {
    begin(key)
    bytes += value.canonicalBytes
  }

  /// Adds JSON that is already text.
  package mutating func add(_ key: StaticString, text: [UInt8]) {
    begin(key)
    bytes += text
  }

  /// Adds numbers by name, in the order given.
  package mutating func add(_ key: StaticString, numbers: [(String, Int)]) {
    guard !numbers.isEmpty else { return }
    begin(key)
    bytes.append(UInt8(ascii: "{"))
    for (index, (name, number)) in numbers.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(quoted: name)
      bytes.append(UInt8(ascii: ":"))
      bytes += String(RecordNumbers.clamped(number)).utf8
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Adds members that have been written elsewhere.
  package mutating func add(members: [UInt8]) {
    guard !members.isEmpty else { return }
    if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes += members
  }

  private mutating func begin(_ key: StaticString) {
    if !bytes.isEmpty { bytes.append(UInt8(ascii: ",")) }
    bytes.append(UInt8(ascii: "\""))
    bytes += UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount)
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  private mutating func append(quoted text: String) {
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    guard isPlain else {
      bytes += JSONValue.string(text).canonicalBytes
      return
    }
    bytes.append(UInt8(ascii: "\""))
    bytes += text.utf8
    bytes.append(UInt8(ascii: "\""))
  }
}

extension RecordWriter {
  /// Members alone, to be put into a record later.
  package static func members(_ write: (inout RecordWriter) -> Void) -> [UInt8] {
    var writer = RecordWriter()
    write(&writer)
    return writer.bytes
  }

  private init() {}
}
