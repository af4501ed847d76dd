import TroupeRuntime

/// Cuts what may be a secret out of text that is shown.
///
/// Rather too much than too little: a word that holds letters and digits and is long enough for a
/// key, what is assigned to a name like `password`, and a URL with a password keep no more than
/// their first four characters.
enum Redaction {
  /// The text, with words that may be secrets cut.
  static func text(_ text: String) -> String {
    String(decoding: bytes(Array(text.utf8)), as: UTF8.self)
  }

  /// The same of bytes that need not be UTF-8.
  static func bytes(_ text: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var isAssigned = false
    var rest = text[...]
    while !rest.isEmpty {
      let blanks = rest.prefix(while: isBlank)
      result += blanks
      rest = rest.dropFirst(blanks.count)
      let word = rest.prefix { !isBlank($0) }
      rest = rest.dropFirst(word.count)
      guard !word.isEmpty else { break }
      let names = namesSecret(word)
      if isAssigned && !isSign(word) || names && holdsSign(word) || mayBeKey(word) {
        result += word.prefix(4) + Array("…".utf8)
      } else {
        result += word
      }
      // "password = x" and "Bearer x": what follows is the secret.
      isAssigned = names || (isAssigned && isSign(word))
    }
    return result
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

  private static func isSign(_ word: ArraySlice<UInt8>) -> Bool {
    word.allSatisfy { ":=".utf8.contains($0) }
  }

  private static func holdsSign(_ word: ArraySlice<UInt8>) -> Bool {
    word.dropLast().contains { ":=(".utf8.contains($0) }
  }

  private static func namesSecret(_ word: ArraySlice<UInt8>) -> Bool {
    let lower = String(decoding: word.prefix(200), as: UTF8.self).lowercased()
    return [
      "password", "passwd", "passphrase", "pwd", "secret", "token", "credential", "bearer",
      "apikey", "api_key", "api-key", "access_key", "private_key",
    ].contains { lower.contains($0) }
  }

  private static func mayBeKey(_ word: ArraySlice<UInt8>) -> Bool {
    if word.contains(UInt8(ascii: "@")), word.firstRange(of: "://".utf8) != nil { return true }
    guard word.count >= 12 else { return false }
    let hasDigit = word.contains { (48...57).contains($0) }
    let hasLetter = word.contains { (65...90).contains($0) || (97...122).contains($0) }
    return hasDigit && hasLetter
  }
}
