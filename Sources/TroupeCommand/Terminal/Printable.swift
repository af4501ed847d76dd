/// Makes text from elsewhere safe to show: what would command the terminal or reorder the line is
/// written as an escape.
package enum Printable {
  /// Text for a single line: line breaks and tabs are escaped too.
  package static func line(_ text: some StringProtocol) -> String {
    escape(text) { _ in false }
  }

  /// Text of several lines: line breaks stay.
  package static func lines(_ text: some StringProtocol) -> String {
    escape(text) { $0 == "\n" }
  }

  /// Text of several lines as somebody has written it: line breaks and tabs stay.
  package static func text(_ text: some StringProtocol) -> String {
    escape(text) { $0 == "\n" || $0 == "\t" }
  }

  /// JSON on one line or several, with what is not safe escaped as JSON does it (RFC 8259, 7).
  package static func json(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0) && $0 != "\n" }) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if isUnsafe(scalar), scalar != "\n" {
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  /// Text for a single line in single quotes; of a very long one only the begin.
  static func quoted(_ text: some StringProtocol) -> String {
    let shown = text.prefix(limit)
    return shown.endIndex < text.endIndex ? "'\(line(shown))…'" : "'\(line(text))'"
  }

  /// How many characters of a quoted text are shown at most.
  private static let limit = 200

  private static func escape(
    _ text: some StringProtocol, unless keeps: (Unicode.Scalar) -> Bool
  ) -> String {
    guard text.unicodeScalars.contains(where: { isUnsafe($0) && !keeps($0) }) else {
      return String(text)
    }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case _ where !isUnsafe(scalar) || keeps(scalar): escaped.unicodeScalars.append(scalar)
      case "\n": escaped += "\\n"
      case "\r": escaped += "\\r"
      case "\t": escaped += "\\t"
      default: escaped += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      }
    }
    return escaped
  }

  /// Controls of C0 and C1, line and paragraph separators, and what changes the direction of text
  /// (UAX #9: embeddings, overrides, isolates and marks).
  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x61C: true
    default: false
    }
  }
}
