/// Where something stands in a JSON text.
package struct JSONPlace: Sendable, Hashable {
  /// The line, from 1.
  package let line: Int
  /// The column, from 1, in Unicode scalars.
  package let column: Int

  /// Finds a value, or its key.
  ///
  /// - Parameters:
  ///   - path: The way from the whole text to the value.
  ///   - bytes: A text that is JSON.
  ///   - isKey: Whether the place of the last step's key is wanted instead of its value's.
  /// - Returns: `nil` if there is no such value.
  package init?(of path: [KeyPathText.Step], in bytes: [UInt8], isKey: Bool = false) {
    guard let offset = JSONParser.offset(of: path, in: bytes, isKey: isKey) else { return nil }
    let place = JSONSyntaxError(expected: "", found: "", at: offset, of: bytes)
    (line, column) = (place.line, place.column)
  }
}

extension JSONParser {
  fileprivate static func offset(
    of path: [KeyPathText.Step], in bytes: [UInt8], isKey: Bool
  ) -> Int? {
    var parser = JSONParser(bytes: bytes)
    if bytes.starts(with: byteOrderMark) { parser.index = byteOrderMark.count }
    var keyOffset: Int?
    for step in path {
      parser.skipSpace()
      keyOffset = nil
      switch step {
      case .key(let name):
        guard let offset = parser.enterObject(atKey: name) else { return nil }
        keyOffset = offset
      case .index(let index): guard parser.enterArray(at: index) else { return nil }
      case .elements: return nil
      }
    }
    parser.skipSpace()
    return isKey ? keyOffset ?? parser.index : parser.index
  }

  /// Goes to the value of a key, and gives the key's offset.
  private mutating func enterObject(atKey name: String) -> Int? {
    guard current == UInt8(ascii: "{") else { return nil }
    while current != UInt8(ascii: "}") {
      index += 1
      skipSpace()
      let start = index
      guard current == UInt8(ascii: "\""), let key = try? string() else { return nil }
      skipSpace()
      index += 1
      if key == name { return start }
      guard (try? value()) != nil else { return nil }
      skipSpace()
    }
    return nil
  }

  /// Goes to an element.
  private mutating func enterArray(at element: Int) -> Bool {
    guard current == UInt8(ascii: "[") else { return false }
    index += 1
    for _ in 0..<element {
      guard (try? value()) != nil else { return false }
      skipSpace()
      guard current == UInt8(ascii: ",") else { return false }
      index += 1
    }
    return true
  }
}
