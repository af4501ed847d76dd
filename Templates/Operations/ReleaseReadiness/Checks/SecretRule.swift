/// What a key of some kind looks like.
struct SecretRule: Sendable {
  let name: String
  let severity: Finding.Severity
  /// How the key begins.
  let prefix: [UInt8]
  /// How many bytes of the body follow; where more follow, it is no key of this kind.
  let count: ClosedRange<Int>
  /// Whether a key may consist of a byte after its prefix.
  private let body: [Bool]

  private init(
    _ name: String, _ prefix: String, _ count: ClosedRange<Int>,
    severity: Finding.Severity = .blocker, _ body: (UInt8) -> Bool
  ) {
    self.name = name
    self.severity = severity
    self.prefix = Array(prefix.utf8)
    self.count = count
    self.body = (UInt8.min...UInt8.max).map(body)
  }

  /// Whether a key may consist of a byte after its prefix.
  func takes(_ byte: UInt8) -> Bool { body[Int(byte)] }

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
    SecretRule("web-token", "eyJ", 60...4_000, severity: .warning) { isURLSafe($0) || $0 == 46 },
  ]

  /// An extended regular expression (POSIX.1-2017, 9.4) that finds every line a rule could match.
  static let filter =
    "AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abp]-|AIza|[sr]k_live_|npm_|pypi-AgE|sk-ant-"
    + "|sk-proj-|eyJ[A-Za-z0-9_-]+\\.eyJ|-----BEGIN [A-Z ]*PRIVATE KEY"

  /// Whether a line holds the first line of a private key, as RFC 7468 and OpenSSH write it.
  static func isPrivateKey(_ line: [UInt8]) -> Bool {
    var rest = line[...]
    while let start = rest.firstRange(of: Array("-----BEGIN ".utf8)) {
      rest = rest[start.upperBound...]
      let label = rest.prefix { (65...90).contains($0) || $0 == 32 }
      rest = rest[label.endIndex...]
      let isKey = ["PRIVATE KEY", "PRIVATE KEY BLOCK"].contains { end in
        label.suffix(end.utf8.count).elementsEqual(end.utf8)
      }
      if isKey, rest.starts(with: "-----".utf8) { return true }
    }
    return false
  }
}
