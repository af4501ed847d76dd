import TroupeRuntime

/// Cuts what may be a secret out of text that is shown.
///
/// Rather too much than too little: of a word that holds letters and digits and is long enough for
/// a key, and of a URL with a password, no more than the first four characters are left. Of what
/// follows a name like `password` in the same line nothing is.
enum Redaction {
  /// A name that Git gives something, such as a branch: whole, unless a key stands in it. What
  /// follows the first four characters of a key is cut.
  static func name(_ name: String) -> String {
    let bytes = Array(name.utf8)
    guard let match = SecretScan.worst(in: bytes) else { return name }
    return String(decoding: bytes[..<match.place.lowerBound], as: UTF8.self) + match.begin + "…"
  }

  /// A line that people wrote, with what may be secret cut; it need not be UTF-8.
  static func line(_ line: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var rest = line[...]
    while true {
      let blanks = rest.prefix { $0 <= 0x20 }
      let word = rest[blanks.endIndex...].prefix { $0 > 0x20 }
      guard !word.isEmpty else { return result }
      result += blanks
      rest = rest[word.endIndex...]
      if let name = endOfName(in: word) {
        let shown = word[..<name]
        let isCut = mayBeKey(shown) || shown.contains { ":=(".utf8.contains($0) }
        return result + (isCut ? shown.prefix(4) : shown) + Array("…".utf8)
      }
      result += mayBeKey(word) ? word.prefix(4) + Array("…".utf8) : word
    }
  }

  /// Where in a word the first name of something secret ends.
  private static func endOfName(in word: ArraySlice<UInt8>) -> Int? {
    let lower = word.map { (65...90).contains($0) ? $0 + 32 : $0 }
    if options.contains(where: { lower == $0 }) { return word.endIndex }
    return names.compactMap { lower.firstRange(of: $0)?.upperBound }.min()
      .map { word.startIndex + $0 }
  }

  private static let names = [
    "password", "passwd", "passphrase", "passcode", "pwd", "secret", "token", "credential",
    "bearer", "authorization", "apikey", "api_key", "api-key", "access_key", "access-key",
    "private_key", "private-key",
  ].map { Array($0.utf8) }

  /// Options that programs take a user and a password by.
  private static let options = ["-u", "--user", "--proxy-user"].map { Array($0.utf8) }

  private static func mayBeKey(_ word: ArraySlice<UInt8>) -> Bool {
    if word.contains(UInt8(ascii: "@")), word.firstRange(of: "://".utf8) != nil { return true }
    guard word.count >= 12 else { return false }
    let hasDigit = word.contains { (48...57).contains($0) }
    let hasLetter = word.contains { (65...90).contains($0) || (97...122).contains($0) }
    return hasDigit && hasLetter
  }
}
