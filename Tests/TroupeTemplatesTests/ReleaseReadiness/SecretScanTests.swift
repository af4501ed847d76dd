import Testing
import Troupe

@testable import TroupeTemplates

/// Keys are put together here, so that none stands in this file.
@Suite struct SecretScanTests {
  private let aws = "AKIA" + "Q3EGRIVZ7XKHMWTB"
  private let github = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8"
  private let gitlab = "glpat-" + "Q3EgRIVz7XKhMWtB9aZk"
  private let web =
    "eyJ" + "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ" + "zdWIiOiI5ODc2NTQzMjEwIiwibmFtZSI6IkpvaG4ifQ"
    + ".SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"

  private func found(_ line: String) -> String? {
    SecretScan.worst(in: Array(line.utf8)).map { "\($0.rule.name) \($0.begin) \($0.place)" }
  }

  @Test func ofSeveralKeysInALineTheWorstIsTold() {
    #expect(found("a = '\(aws)' b = '\(web)'")?.hasPrefix("aws-access-key AKIA") == true)
    #expect(found("b = '\(web)' a = '\(aws)'")?.hasPrefix("aws-access-key AKIA") == true)
    #expect(found("b = '\(web)'")?.hasPrefix("web-token eyJ") == true)
  }

  @Test func aKeyWithinALongRunIsFound() {
    #expect(found("k = 'AIza-\(github)'") == "github-token ghp_ 10..<50")
    let long = "glpat-" + "aaaa-bbbb-cccc-dddd-eeee-ffff-gggg-hhhh-iiii-jjjj-kkkk-llll-"
    #expect(found(long + gitlab)?.hasPrefix("gitlab-token glpa 66..<") == true)
  }

  @Test func aKeyBehindAPlaceholderIsFound() {
    #expect(found("glpat-example-\(gitlab)")?.hasPrefix("gitlab-token glpa 14..<") == true)
  }

  @Test func whatIsLongIsNoPlaceholderByAWordFarBehind() {
    #expect(Placeholder.isOne(gitlab.utf8.map(\.self) + Array("-example".utf8)))
    let long = String(repeating: "k2Jd8sLq0ZxC7vB5nM1aW4eR6tY9uI3", count: 4)
    #expect(!Placeholder.isOne(Array((long + "example").utf8)))
    #expect(Placeholder.isOne(Array("aaaabbbbccccdddd".utf8)))
  }

  @Test func aPrivateKeyBehindAPublicOneIsFound() {
    let begin = "-----BEGIN "
    #expect(!SecretRule.isPrivateKey(Array("\(begin)PUBLIC KEY-----".utf8)))
    #expect(
      SecretRule.isPrivateKey(Array("\(begin)PUBLIC KEY-----\\n\(begin)RSA PRIVATE KEY-----".utf8)))
    #expect(SecretRule.isPrivateKey(Array("\(begin)PGP PRIVATE KEY BLOCK-----".utf8)))
    #expect(!SecretRule.isPrivateKey(Array("\(begin)X PRIVATE KEY".utf8)))
  }

  /// What is to be found, by trying every rule at every place.
  private func slowly(_ line: [UInt8]) -> (rule: String, place: Range<Int>)? {
    var warning: (rule: String, place: Range<Int>)?
    for place in line.indices where place == 0 || !SecretRule.isWord(line[place - 1]) {
      for rule in SecretRule.all where line[place...].starts(with: rule.prefix) {
        let body = line[(place + rule.prefix.count)...].prefix { rule.takes($0) }
        guard rule.count.contains(body.count),
          !Placeholder.isOne(line[place..<body.endIndex])
        else { continue }
        let match = (rule.name, place..<body.endIndex)
        if rule.severity == .blocker { return match }
        warning = warning ?? match
      }
    }
    return warning
  }

  @Test func theFastScanFindsWhatTheSlowOneFinds() {
    var random = Random(state: 7)
    let parts =
      SecretRule.all.map { String(decoding: $0.prefix, as: UTF8.self) } + [
        aws, github, gitlab, web, "-", "-", "_", ".", " ", "!", "'", "eyJ", "eyJ", "AIza", "a1",
        "Q3EGRIVZ7XKHMWTB", "k2Jd8sLq0ZxC7vB5nM", "example", "aaaaaaaaaaaaaaaaaaaaaaaa",
      ]
    var told: Set<String> = []
    var different: [String] = []
    for _ in 0..<4_000 {
      let line = (0..<Int.random(in: 1...12, using: &random))
        .compactMap { _ in parts.randomElement(using: &random) }.joined()
      let (fast, slow) = (SecretScan.worst(in: Array(line.utf8)), slowly(Array(line.utf8)))
      if fast?.rule.name != slow?.rule || fast?.place != slow?.place { different.append(line) }
      told.insert(slow?.rule ?? "nothing")
    }
    #expect(different == [])
    #expect(told.isSuperset(of: ["nothing", "web-token", "google-api-key", "gitlab-token"]))
  }

  @Test(arguments: [
    "-eyJ", String(repeating: "-eyJ", count: 999) + "!", "-glpat-xoxb-AIza-eyJ",
    "eyJ-" + String(repeating: "k2Jd8sLq", count: 9) + "test!",
    "-" + String(repeating: "eyJ.k2Jd8sLq0Zx-test-", count: 40) + "!",
  ])
  func theTimeGrowsWithTheLineOnly(_ part: String) {
    let line =
      Array("x=eyJa.eyJb ".utf8)
      + Array(String(repeating: part, count: 100_000 / part.utf8.count).utf8)
    let time = ContinuousClock().measure { _ = SecretScan.worst(in: line) }
    #expect(time < .seconds(20), "\(time)")
  }
}

/// Random numbers that are the same each time (G. L. Steele and others, 2014: SplitMix).
private struct Random: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
