/// A strict reader of JSON texts (RFC 8259).
struct JSONParser {
  /// How deep arrays and objects may be nested: as deep as Foundation's decoder allows.
  static let maximumDepth = 512
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  let bytes: [UInt8]
  var index = 0
  private var depth = 0

  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    if bytes.starts(with: byteOrderMark) { parser.index = byteOrderMark.count }
    let value = try parser.value()
    parser.skipSpace()
    guard parser.index == bytes.count else { throw parser.error("the end of the text") }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte at the reading position, or 0 at the end; 0 is never valid in JSON.
  var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  func error(_ expected: String, found: String? = nil, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(expected: expected, found: found, at: offset ?? index, of: bytes)
  }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
      default: return
      }
    }
  }

  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error("a value")
    }
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue
  ) throws(JSONSyntaxError) -> JSONValue {
    let text = word.description
    guard bytes[index...].starts(with: text.utf8) else { throw error("'\(text)'") }
    index += text.utf8.count
    return value
  }

  private mutating func enter() throws(JSONSyntaxError) {
    guard depth < Self.maximumDepth else {
      throw error("at most \(Self.maximumDepth) levels of nesting", found: "one more")
    }
    depth += 1
    index += 1
    skipSpace()
  }

  private mutating func array() throws(JSONSyntaxError) -> JSONValue {
    try enter()
    var elements: [JSONValue] = []
    if current != UInt8(ascii: "]") {
      while true {
        elements.append(try value())
        guard try goesOn(until: UInt8(ascii: "]"), "',' or ']'") else { break }
      }
    }
    index += 1
    depth -= 1
    return .array(elements)
  }

  private mutating func object() throws(JSONSyntaxError) -> JSONValue {
    try enter()
    var members: [String: JSONValue] = [:]
    if current != UInt8(ascii: "}") {
      while true {
        try member(into: &members)
        guard try goesOn(until: UInt8(ascii: "}"), "',' or '}'") else { break }
      }
    }
    index += 1
    depth -= 1
    return .object(members)
  }

  private mutating func member(into members: inout [String: JSONValue]) throws(JSONSyntaxError) {
    skipSpace()
    let start = index
    guard current == UInt8(ascii: "\"") else { throw error("a key in quotes") }
    let key = try string()
    guard members[key] == nil else {
      let found = "\(JSONValue.string(key)) a second time"
      throw error("a key that is not yet in the object", found: found, at: start)
    }
    skipSpace()
    guard current == UInt8(ascii: ":") else { throw error("':'") }
    index += 1
    members[key] = try value()
  }

  /// Passes the comma before another item; says no at the closing bracket.
  private mutating func goesOn(
    until close: UInt8, _ expected: String
  ) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    if current == close { return false }
    guard current == UInt8(ascii: ",") else { throw error(expected) }
    index += 1
    return true
  }
}
