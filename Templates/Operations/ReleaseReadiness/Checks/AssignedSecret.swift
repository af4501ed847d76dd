/// A quoted text that is assigned to a name like `password` and is too random for a word.
enum AssignedSecret {
  static let filter =
    "(password|passwd|secret|token|api_?key|private_?key)[\"']?[ \t]*[:=]=?[ \t]*[\"'][^\"']{16,}"

  static func match(in line: [UInt8]) -> String? {
    let quotes: Set<UInt8> = [UInt8(ascii: "\""), UInt8(ascii: "'")]
    let parts = line.split(omittingEmptySubsequences: false) { quotes.contains($0) }
    for (index, part) in parts.enumerated() where index > 0 && part.count >= 16 {
      let before = parts[index - 1]
      let isName = before.isEmpty && index > 1
      guard assigns(before) || (isName && assigns(parts[index - 2])) else { continue }
      let letters = part.filter { !isOrdinary($0) }
      guard letters.isEmpty, part.contains(where: { (48...57).contains($0) }),
        part.contains(where: { (65...90).contains($0) || (97...122).contains($0) }),
        entropy(part) >= 3.5, !Placeholder.isOne(part)
      else { continue }
      return String(decoding: part.prefix(4), as: UTF8.self)
    }
    return nil
  }

  /// Whether what stands before a quoted text assigns it to something: ends with `=` or `:`.
  private static func assigns(_ text: ArraySlice<UInt8>) -> Bool {
    let last = text.last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    guard last == UInt8(ascii: "=") || last == UInt8(ascii: ":") else { return false }
    let lower = String(decoding: text.suffix(100), as: UTF8.self).lowercased()
    let names = ["password", "passwd", "secret", "token", "apikey", "api_key", "private"]
    return names.contains { lower.contains($0) } || text.count <= 4
  }

  /// The characters of which keys are made: letters, digits and those of Base64 and its like.
  private static func isOrdinary(_ byte: UInt8) -> Bool {
    SecretRule.isWord(byte) || "-+/=.".utf8.contains(byte)
  }

  /// The bits in each character (C. E. Shannon, 1948); words have about 3, random keys over 4.
  private static func entropy(_ text: ArraySlice<UInt8>) -> Double {
    var counts = [Double](repeating: 0, count: 256)
    for byte in text { counts[Int(byte)] += 1 }
    return counts.filter { $0 > 0 }.reduce(0) { sum, count in
      let share = count / Double(text.count)
      return sum - share * Logarithm.base2(share)
    }
  }
}

/// The logarithm, which the standard library has only in the platform's C library.
private enum Logarithm {
  /// By the exponent and the series of the area tangent; to about six digits.
  static func base2(_ value: Double) -> Double {
    let significand = value.significand
    let ratio = (significand - 1) / (significand + 1)
    var (term, sum) = (ratio, 0.0)
    for power in stride(from: 1.0, through: 15, by: 2) {
      sum += term / power
      term *= ratio * ratio
    }
    return Double(value.exponent) + 2 * sum * 1.442_695_040_888_963
  }
}
