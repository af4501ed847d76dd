/// Texts that documentation shows in the place of a key.
enum Placeholder {
  /// The bytes that are looked at. What is real may be long, and hold one of the words by chance.
  static let limit = 100

  /// Whether a text is such a one, by its first bytes: it holds a word that says so, or consists of
  /// hardly any different characters.
  static func isOne(_ text: some Sequence<UInt8>) -> Bool {
    let lower = text.prefix(limit).map { (65...90).contains($0) ? $0 + 32 : $0 }
    let seen = lower.reduce(UInt128(0)) { $0 | 1 << UInt128($1 & 127) }
    return seen.nonzeroBitCount < 6
      || lower.indices.contains { place in
        words[Int(lower[place])].contains { lower[place...].starts(with: $0) }
      }
  }

  /// The words by their first byte.
  private static let words: [[[UInt8]]] = {
    var words = [[[UInt8]]](repeating: [], count: 256)
    for word in [
      "example", "placeholder", "changeme", "your", "dummy", "sample", "redacted", "xxxx",
      "1234567", "abcdef", "00000", "test", "fake", "secret", "password", "insert", "replace",
    ] {
      let bytes = Array(word.utf8)
      words[Int(bytes[0])].append(bytes)
    }
    return words
  }()
}
