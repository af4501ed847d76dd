extension JSONParser {
  /// Reads a string from its opening to behind its closing quote: RFC 8259, section 7.
  mutating func string() throws(JSONSyntaxError) -> String {
    let opening = index
    index += 1
    var text = ""
    var start = index
    while true {
      guard index < bytes.count else { throw error("'\"' at the end of the string") }
      switch bytes[index] {
      case UInt8(ascii: "\""):
        let rest = try utf8(start, opening)
        index += 1
        return text.isEmpty ? rest : text + rest
      case 0x5C:
        text += try utf8(start, opening)
        text.unicodeScalars.append(try escape())
        start = index
      case 0..<0x20:
        throw error("control characters in a string to be escaped")
      default:
        index += 1
      }
    }
  }

  private func utf8(_ start: Int, _ opening: Int) throws(JSONSyntaxError) -> String {
    guard let text = String(validating: bytes[start..<index], as: UTF8.self) else {
      throw error("a string of UTF-8", found: "bytes that are not UTF-8", at: opening)
    }
    return text
  }

  private mutating func escape() throws(JSONSyntaxError) -> Unicode.Scalar {
    index += 1
    let letter = current
    guard letter != UInt8(ascii: "u") else { return try unicodeEscape() }
    let scalar: Unicode.Scalar
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "/"), 0x5C: scalar = Unicode.Scalar(letter)
    case UInt8(ascii: "b"): scalar = "\u{8}"
    case UInt8(ascii: "f"): scalar = "\u{C}"
    case UInt8(ascii: "n"): scalar = "\n"
    case UInt8(ascii: "r"): scalar = "\r"
    case UInt8(ascii: "t"): scalar = "\t"
    default: throw error("one of \" \\ / b f n r t u after '\\'")
    }
    index += 1
    return scalar
  }

  private mutating func unicodeEscape() throws(JSONSyntaxError) -> Unicode.Scalar {
    let start = index - 1
    let unit = try hexUnit()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    // Only surrogates are no scalars: a high one must be followed by a low one.
    guard unit < 0xDC00, current == 0x5C else { throw lone(start) }
    index += 1
    guard current == UInt8(ascii: "u") else { throw lone(start) }
    let low = try hexUnit()
    guard (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    else { throw lone(start) }
    return scalar
  }

  private func lone(_ offset: Int) -> JSONSyntaxError {
    error("a pair of surrogates", found: "a lone one", at: offset)
  }

  /// Reads `uXXXX`.
  private mutating func hexUnit() throws(JSONSyntaxError) -> UInt16 {
    index += 1
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(current)).hexDigitValue else {
        throw error("four hexadecimal digits after '\\u'")
      }
      unit = unit << 4 | UInt16(digit)
      index += 1
    }
    return unit
  }
}
