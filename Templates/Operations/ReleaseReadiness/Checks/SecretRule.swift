/// What a key of some kind looks like. A rule never hands on more of a key than its first four
/// characters.
struct SecretRule: Sendable {
  let name: String
  let severity: Finding.Severity
  /// How the key begins.
  private let prefix: [UInt8]
  /// What it consists of after that.
  private let body: @Sendable (UInt8) -> Bool
  /// How many of these follow.
  private let count: ClosedRange<Int>

  private init(
    _ name: String, _ prefix: String, _ count: ClosedRange<Int>,
    severity: Finding.Severity = .blocker, _ body: @escaping @Sendable (UInt8) -> Bool
  ) {
    self.name = name
    self.severity = severity
    self.prefix = Array(prefix.utf8)
    self.count = count
    self.body = body
  }

  /// The first rule that a line meets, with the first four characters of the key.
  ///
  /// Goes over the line once, however long it is and however many rules there are.
  static func first(in line: [UInt8]) -> (rule: SecretRule, begin: String)? {
    line.withUnsafeBufferPointer { line in
      var place = 0
      while place < line.count {
        guard begins[Int(line[place])], place == 0 || !isWord(line[place - 1]) else {
          place += 1
          continue
        }
        var next = place + 1
        for rule in all where line[place...].starts(with: rule.prefix) {
          let rest = rule.length(after: place, in: line)
          if rest > rule.count.upperBound {
            // Within so long a run no key of this kind begins.
            next = max(next, place + rest)
          } else if rest >= rule.count.lowerBound,
            !isPlaceholder(line[place..<place + rule.prefix.count + rest])
          {
            return (rule, String(decoding: line[place..<min(place + 4, line.count)], as: UTF8.self))
          }
        }
        place = next
      }
      return nil
    }
  }

  /// How many bytes after the prefix may belong to a key; one more than the most if there are more.
  private func length(after place: Int, in line: UnsafeBufferPointer<UInt8>) -> Int {
    let start = place + prefix.count
    var end = start
    while end < line.count, end - start <= count.upperBound, body(line[end]) { end += 1 }
    return end - start
  }

  /// The bytes with which keys begin.
  private static let begins: [Bool] = {
    var begins = Array(repeating: false, count: 256)
    for rule in all { begins[Int(rule.prefix[0])] = true }
    return begins
  }()

  /// Whether a text is one that documentation shows in the place of a key.
  static func isPlaceholder(_ text: some Collection<UInt8>) -> Bool {
    let lower = String(decoding: text, as: UTF8.self).lowercased()
    let words = [
      "example", "placeholder", "changeme", "your", "dummy", "sample", "redacted", "xxxx",
      "1234567",
      "abcdef", "00000", "test", "fake", "secret", "password", "insert", "replace",
    ]
    return words.contains { lower.contains($0) } || Set(lower.utf8).count < 6
  }

  static func isWord(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "_")
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }

  private static func isUpper(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte)
  }

  private static func isURLSafe(_ byte: UInt8) -> Bool {
    isWord(byte) || byte == UInt8(ascii: "-")
  }

  /// What the issuers say of their keys, as of 2026.
  static let all = [
    SecretRule("aws-access-key", "AKIA", 16...16, isUpper),
    SecretRule("aws-access-key", "ASIA", 16...16, isUpper),
    SecretRule("github-token", "ghp_", 36...36, isAlphanumeric),
    SecretRule("github-token", "gho_", 36...36, isAlphanumeric),
    SecretRule("github-token", "ghu_", 36...36, isAlphanumeric),
    SecretRule("github-token", "ghs_", 36...36, isAlphanumeric),
    SecretRule("github-token", "ghr_", 36...36, isAlphanumeric),
    SecretRule("github-token", "github_pat_", 40...200, isWord),
    SecretRule("gitlab-token", "glpat-", 20...64, isURLSafe),
    SecretRule("slack-token", "xoxb-", 20...200, isURLSafe),
    SecretRule("slack-token", "xoxp-", 20...200, isURLSafe),
    SecretRule("slack-token", "xoxa-", 20...200, isURLSafe),
    SecretRule("google-api-key", "AIza", 35...35, isURLSafe),
    SecretRule("stripe-key", "sk_live_", 20...200, isAlphanumeric),
    SecretRule("stripe-key", "rk_live_", 20...200, isAlphanumeric),
    SecretRule("npm-token", "npm_", 36...36, isAlphanumeric),
    SecretRule("pypi-token", "pypi-AgEIcHlwaS5vcmc", 50...400, isURLSafe),
    SecretRule("anthropic-key", "sk-ant-", 40...200, isURLSafe),
    SecretRule("openai-key", "sk-proj-", 40...300, isURLSafe),
    SecretRule("web-token", "eyJ", 60...4_000, severity: .warning, { isURLSafe($0) || $0 == 46 }),
  ]

  /// An extended regular expression (POSIX.1-2017, 9.4) that finds every line a rule could match.
  static let filter =
    "AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abp]-|AIza|[sr]k_live_|npm_|pypi-AgE|sk-ant-"
    + "|sk-proj-|eyJ[A-Za-z0-9_-]+\\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY"

  /// The first line of a private key, as RFC 7468 and OpenSSH write it.
  static func isPrivateKey(_ line: [UInt8]) -> Bool {
    let begin = Array("-----BEGIN ".utf8)
    guard let start = line.firstRange(of: begin) else { return false }
    let rest = line[start.upperBound...]
    guard let end = rest.firstRange(of: Array("PRIVATE KEY".utf8)),
      rest[..<end.lowerBound].allSatisfy({ (65...90).contains($0) || $0 == 32 })
    else { return false }
    let dashes = rest[end.upperBound...]
    return dashes.starts(with: "-----".utf8) || dashes.starts(with: " BLOCK-----".utf8)
  }
}
