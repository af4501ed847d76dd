extension JSONParser {
  /// Reads a number: RFC 8259, section 6.
  mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = index
    if current == UInt8(ascii: "-") { index += 1 }
    if current == UInt8(ascii: "0") {
      index += 1
      if isDigit { throw error("no digit after a leading zero") }
    } else {
      try digits()
    }
    var isIntegral = true
    if current == UInt8(ascii: ".") {
      isIntegral = false
      index += 1
      try digits()
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isIntegral = false
      index += 1
      if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") { index += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    if isIntegral, let integer = Int(text) { return .integer(integer) }
    guard let number = Double(text), number.isFinite else {
      let found = text.utf8.count <= 40 ? text : "\(text.prefix(40))…"
      throw error("a number within the range of Double", found: found, at: start)
    }
    return .number(number)
  }

  private var isDigit: Bool { current >= UInt8(ascii: "0") && current <= UInt8(ascii: "9") }

  private mutating func digits() throws(JSONSyntaxError) {
    guard isDigit else { throw error("a digit") }
    while isDigit { index += 1 }
  }
}
