extension DurationText {
  /// Reads what a person writes: `10 min`, `90 s`, `2 h 30 min`, `1.5 h`, `250 ms`, and ISO 8601.
  ///
  /// The units are d, h, min, s, ms and µs (or us), each at most once and the larger before the
  /// smaller; blanks may be left out.
  ///
  /// - Returns: The duration, or `nil` if it is none, or is negative.
  package static func parse(_ text: String) -> Duration? {
    if let duration = parse(iso: text) { return duration < .zero ? nil : duration }
    var rest = text[...]
    var units: [(names: [String], length: Duration)] = [
      (["d"], .seconds(86_400)), (["h"], .seconds(3_600)), (["min"], .seconds(60)),
      (["s"], .seconds(1)), (["ms"], .milliseconds(1)), (["µs", "us", "μs"], .microseconds(1)),
    ]
    var total: Duration?
    while true {
      rest = rest.drop { $0 == " " }
      guard !rest.isEmpty else { return total }
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[number.endIndex...].drop { $0 == " " }
      let name = rest.prefix { $0.isLetter }
      rest = rest[name.endIndex...]
      guard let amount = amount(number),
        let place = units.firstIndex(where: { $0.names.contains(String(name)) })
      else { return nil }
      total =
        (total ?? .zero) + units[place].length * amount.whole
        + units[place].length * amount.millionths / 1_000_000
      units.removeSubrange(...place)
    }
  }

  /// A decimal number without a sign, exact to six digits after its point.
  private static func amount(_ text: Substring) -> (whole: Int, millionths: Int)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Int(parts[0]), whole < 1_000_000_000 else {
      return nil
    }
    guard parts.count == 2 else { return (whole, 0) }
    guard (1...6).contains(parts[1].count),
      let digits = Int(parts[1] + String(repeating: "0", count: 6 - parts[1].count))
    else { return nil }
    return (whole, digits)
  }
}
