/// A key that stands in a line. No more of it is handed on than its first four characters.
struct SecretMatch {
  let rule: SecretRule
  /// Where in the line the key stands.
  let place: Range<Int>
  /// The first four characters.
  let begin: String
}

/// Finds keys in lines.
enum SecretScan {
  /// The worst key in a line, of equally bad ones the first.
  ///
  /// The time it takes grows with the length of the line and no faster: no rule looks at a byte
  /// more than once but for prefixes and the begin of what is long enough for a key.
  static func worst(in line: [UInt8]) -> SecretMatch? {
    line.withUnsafeBufferPointer { line in
      var worst: SecretMatch?
      // Where the run of bytes that a rule looked at last comes to its end. A later key of the
      // rule that begins within that run ends there too.
      var ends = [Int](repeating: 0, count: SecretRule.all.count)
      for place in line.indices {
        let rules = byFirstByte[Int(line[place])]
        guard !rules.isEmpty, place == 0 || !SecretRule.isWord(line[place - 1]) else { continue }
        for index in rules {
          let rule = SecretRule.all[index]
          if let worst, !rule.severity.isWorse(than: worst.rule.severity) { continue }
          guard line[place...].starts(with: rule.prefix) else { continue }
          let start = place + rule.prefix.count
          if ends[index] < start {
            ends[index] = line[start...].firstIndex { !rule.takes($0) } ?? line.count
          }
          let end = ends[index]
          guard rule.count.contains(end - start), !Placeholder.isOne(line[place..<end]) else {
            continue
          }
          let begin = String(decoding: line[place..<min(place + 4, end)], as: UTF8.self)
          worst = SecretMatch(rule: rule, place: place..<end, begin: begin)
          if rule.severity == .blocker { return worst }
        }
      }
      return worst
    }
  }

  /// The rules by the byte with which their keys begin.
  private static let byFirstByte: [[Int]] = {
    var rules = [[Int]](repeating: [], count: 256)
    for (index, rule) in SecretRule.all.enumerated() { rules[Int(rule.prefix[0])].append(index) }
    return rules
  }()
}

extension Finding.Severity {
  /// Whether it weighs more than another.
  fileprivate func isWorse(than other: Self) -> Bool {
    switch (self, other) {
    case (.blocker, .warning), (.blocker, .note), (.warning, .note): true
    default: false
    }
  }
}
