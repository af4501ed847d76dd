/// A strict reader of JSON texts (RFC 8259).
struct JSONParser {
  /// How deep arrays and objects may be nested, so that an unoptimised build can write a value and
  /// decode it into a type that contains itself on a thread of 512 KiB, Darwin's smallest.
  static let maximumDepth = 128
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  let bytes: [UInt8]
  var index = 0

  static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> JSONValue {
    var parser = JSONParser(bytes: bytes)
    if bytes.starts(with: byteOrderMark) { parser.index = byteOrderMark.count }
    let value = try parser.value()
    parser.skipSpace()
    guard parser.index == bytes.count else { throw parser.error("the end of the text") }
    return value
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The byte at the reading position, or 0 at the end; 0 is never valid in JSON.
  var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  func error(_ expected: String, found: String? = nil, at offset: Int? = nil) -> JSONSyntaxError {
    JSONSyntaxError(expected: expected, found: found, at: offset ?? index, of: bytes)
  }

  mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): index += 1
      default: return
      }
    }
  }

  /// Reads a value. Open arrays and objects are kept in a list, not on the call stack: what an
  /// agent sends must not overflow a small thread's.
  mutating func value() throws(JSONSyntaxError) -> JSONValue {
    var open: [Container] = []
    while true {
      skipSpace()
      var done: JSONValue
      switch current {
      case UInt8(ascii: "{"):
        try enter(depth: open.count)
        if current != UInt8(ascii: "}") {
          open.append(Container(key: try key(in: [:])))
          continue
        }
        index += 1
        done = .object([:])
      case UInt8(ascii: "["):
        try enter(depth: open.count)
        if current != UInt8(ascii: "]") {
          open.append(Container(key: nil))
          continue
        }
        index += 1
        done = .array([])
      default: done = try scalar()
      }
      // What is done goes into what encloses it, which may be done with that, and so on outward.
      while true {
        guard !open.isEmpty else { return done }
        if try goesOn(&open[open.count - 1], with: done) { break }
        done = open.removeLast().value
      }
    }
  }

  private mutating func scalar() throws(JSONSyntaxError) -> JSONValue {
    switch current {
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
    guard bytes[index...].starts(with: text.utf8) else { throw error("a value") }
    index += text.utf8.count
    return value
  }

  private mutating func enter(depth: Int) throws(JSONSyntaxError) {
    guard depth < Self.maximumDepth else {
      throw error("at most \(Self.maximumDepth) levels of nesting", found: "one more")
    }
    index += 1
    skipSpace()
  }

  /// Reads a key and the colon behind it.
  private mutating func key(in members: [String: JSONValue]) throws(JSONSyntaxError) -> String {
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
    return key
  }

  /// Puts a value into its container and passes the comma behind it; says no at the closing
  /// bracket.
  private mutating func goesOn(
    _ container: inout Container, with value: JSONValue
  ) throws(JSONSyntaxError) -> Bool {
    skipSpace()
    let close: UInt8
    if let key = container.key {
      container.members[key] = value
      close = UInt8(ascii: "}")
    } else {
      container.elements.append(value)
      close = UInt8(ascii: "]")
    }
    if current == close {
      index += 1
      return false
    }
    guard current == UInt8(ascii: ",") else {
      throw error("',' or '\(Unicode.Scalar(close))'")
    }
    index += 1
    if container.key != nil { container.key = try key(in: container.members) }
    return true
  }

  /// An array or object whose end has not been read yet.
  private struct Container {
    /// The key whose value is being read; an array has none.
    var key: String?
    var members: [String: JSONValue] = [:]
    var elements: [JSONValue] = []

    init(key: String?) {
      self.key = key
    }

    var value: JSONValue { key == nil ? .array(elements) : .object(members) }
  }
}
