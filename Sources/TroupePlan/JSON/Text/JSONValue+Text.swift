extension JSONValue {
  /// Reads one JSON text (RFC 8259) strictly: nothing may follow it, no key may stand twice in an
  /// object, nesting is at most 128 deep.
  ///
  /// - Throws: `JSONSyntaxError` with line, column and what was expected.
  public init(parsing text: String) throws {
    self = try JSONParser.parse(Array(text.utf8))
  }

  /// Reads one JSON text from its UTF-8 bytes; a byte order mark at its start is skipped.
  ///
  /// - Throws: `JSONSyntaxError` with line, column and what was expected.
  public init(parsing bytes: some Sequence<UInt8>) throws {
    self = try JSONParser.parse(Array(bytes))
  }

  /// The value on one line without spaces, keys sorted by their UTF-8 bytes: the same text for the
  /// same value on every machine, so that it can be hashed and compared.
  public var canonicalText: String { text(indent: nil) }

  /// The canonical text in UTF-8.
  package var canonicalBytes: [UInt8] { bytes(indent: nil) }

  /// The value on several lines, indented by two spaces, keys sorted as in `canonicalText`.
  public var prettyText: String { text(indent: 2) }

  private func text(indent: Int?) -> String {
    String(decoding: bytes(indent: indent), as: UTF8.self)
  }

  private func bytes(indent: Int?) -> [UInt8] {
    var writer = JSONWriter(indent: indent)
    writer.write(self)
    return writer.bytes
  }
}

extension JSONValue: CustomStringConvertible {
  /// The canonical text.
  public var description: String { canonicalText }
}
