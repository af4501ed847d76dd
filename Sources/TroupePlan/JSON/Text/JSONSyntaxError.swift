/// A text that is not JSON: where reading it stopped and what should have stood there.
public struct JSONSyntaxError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int
  /// What should have stood there.
  public let expected: String
  /// What stood there.
  public let found: String

  /// `line 3, column 7: expected a value, found '}'`.
  public var description: String {
    "line \(line), column \(column): expected \(expected), found \(found)"
  }

  /// Describes the place of an offset in a text.
  init(expected: String, found: String? = nil, at offset: Int, of bytes: [UInt8]) {
    var line = 1
    var column = 1
    var index = bytes.starts(with: JSONParser.byteOrderMark) ? 3 : 0
    while index < offset {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && next != UInt8(ascii: "\n")) {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
      index += 1
    }
    self.line = line
    self.column = column
    self.expected = expected
    self.found = found ?? Self.describe(bytes, at: offset)
  }

  private static func describe(_ bytes: [UInt8], at offset: Int) -> String {
    guard offset < bytes.count else { return "the end of the text" }
    let head = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
    guard let scalar = head.unicodeScalars.first else { return "nothing" }
    let hex = String(scalar.value, radix: 16, uppercase: true)
    if scalar == "\u{FFFD}" { return "bytes that are not UTF-8" }
    if scalar.value < 0x20 || scalar.value == 0x7F { return "the control character U+\(hex)" }
    return "'\(scalar)'"
  }
}
