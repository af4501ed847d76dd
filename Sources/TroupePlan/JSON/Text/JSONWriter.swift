/// Writes a JSON value as text, always the same text for the same value.
///
/// Keys are sorted by their UTF-8 bytes. Numbers are written in the shortest form that reads back
/// as the same number, integral ones without fraction or exponent where they fit in an `Int`.
struct JSONWriter {
  /// The number of spaces per level, or `nil` for a single line without spaces.
  let indent: Int?
  /// What has been written so far, in UTF-8.
  private(set) var bytes: [UInt8] = []

  init(indent: Int?) {
    self.indent = indent
  }

  mutating func write(_ value: JSONValue, level: Int = 0) {
    switch value {
    case .null: add("null")
    case .bool(let bool): add(bool ? "true" : "false")
    case .integer(let integer): add(String(integer))
    case .number(let number): write(number)
    case .string(let string): write(string)
    case .array(let elements):
      writeList(elements, open: "[", close: "]", level: level) { writer, element in
        writer.write(element, level: level + 1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      writeList(sorted, open: "{", close: "}", level: level) { writer, member in
        writer.write(member.key)
        writer.add(writer.indent == nil ? ":" : ": ")
        writer.write(member.value, level: level + 1)
      }
    }
  }

  private mutating func writeList<Item>(
    _ items: [Item], open: String, close: String, level: Int,
    write: (inout JSONWriter, Item) -> Void
  ) {
    add(open)
    for (index, item) in items.enumerated() {
      if index > 0 { add(",") }
      breakLine(level: level + 1)
      write(&self, item)
    }
    if !items.isEmpty { breakLine(level: level) }
    add(close)
  }

  private mutating func breakLine(level: Int) {
    guard let indent else { return }
    add("\n")
    bytes += repeatElement(UInt8(ascii: " "), count: indent * level)
  }

  private mutating func write(_ number: Double) {
    if let integer = Int(exactly: number) {
      add(String(integer))
    } else {
      // `description` is the shortest text that reads back as the same number.
      add(number.isFinite ? number.description : "null")
    }
  }

  private mutating func write(_ string: String) {
    add("\"")
    if string.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == 0x5C }) {
      for scalar in string.unicodeScalars { write(scalar) }
    } else {
      add(string)
    }
    add("\"")
  }

  private mutating func write(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": add("\\\"")
    case "\\": add("\\\\")
    case "\n": add("\\n")
    case "\r": add("\\r")
    case "\t": add("\\t")
    case "\u{8}": add("\\b")
    case "\u{C}": add("\\f")
    case "\u{0}"..<" ":
      let hex = String(scalar.value, radix: 16)
      add("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
    default: bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    }
  }

  private mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }
}
