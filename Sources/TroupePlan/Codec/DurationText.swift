/// Durations as text: ISO 8601 for plans, and a short form for people.
package enum DurationText {
  private static let attosecondsPerSecond: Int64 = 1_000_000_000_000_000_000

  /// `PT1H30M`, `PT0.25S`; exact to the attosecond.
  package static func iso(_ duration: Duration) -> String {
    let components = duration.components
    let isNegative = components.seconds < 0 || components.attoseconds < 0
    // Without a sign, because the least number of seconds has no positive counterpart.
    let (seconds, attoseconds) = (
      components.seconds.magnitude, components.attoseconds.magnitude
    )
    var text = isNegative ? "-PT" : "PT"
    if seconds >= 3_600 { text += "\(seconds / 3_600)H" }
    if seconds % 3_600 >= 60 { text += "\(seconds % 3_600 / 60)M" }
    let rest = seconds % 60
    if attoseconds > 0 {
      text += "\(rest).\(fraction(attoseconds))S"
    } else if rest > 0 || seconds == 0 {
      text += "\(rest)S"
    }
    return text
  }

  /// Reads `PT1H30M` and the like: hours, minutes and seconds, the last with a fraction; at most
  /// as many seconds as an `Int64` holds.
  package static func parse(iso text: String) -> Duration? {
    var rest = text[...]
    let isNegative = rest.first == "-"
    if isNegative { rest.removeFirst() }
    guard rest.hasPrefix("PT"), rest.count > 2 else { return nil }
    rest.removeFirst(2)
    var seconds: Int64 = 0
    var attoseconds: Int64 = 0
    var units: [(Character, Int64)] = [("H", 3_600), ("M", 60), ("S", 1)]
    while !rest.isEmpty {
      guard let end = rest.firstIndex(where: { $0.isLetter }) else { return nil }
      let number = rest[..<end]
      guard let place = units.firstIndex(where: { $0.0 == rest[end] }) else { return nil }
      let unit = units[place]
      units.removeSubrange(...place)
      let parts = number.split(separator: ".", omittingEmptySubsequences: false)
      guard (1...(unit.0 == "S" ? 2 : 1)).contains(parts.count),
        parts.joined().utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        let whole = Int64(parts[0]),
        let longer = sum(seconds, isNegative ? -whole : whole, times: unit.1)
      else { return nil }
      seconds = longer
      if parts.count == 2 {
        guard (1...18).contains(parts[1].count),
          let digits = Int64(parts[1] + String(repeating: "0", count: 18 - parts[1].count))
        else { return nil }
        attoseconds = isNegative ? -digits : digits
      }
      rest = rest[rest.index(after: end)...]
    }
    return Duration(secondsComponent: seconds, attosecondsComponent: attoseconds)
  }

  /// `sum + count × length`, or `nil` if it has no room.
  private static func sum(_ sum: Int64, _ count: Int64, times length: Int64) -> Int64? {
    let (product, isTooLong) = count.multipliedReportingOverflow(by: length)
    let (result, hasNoRoom) = sum.addingReportingOverflow(product)
    return isTooLong || hasNoRoom ? nil : result
  }

  /// `250 ms`, `3.5 s`, `10 min`, `1 h 30 min`, `2 d`: for people.
  package static func short(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    if seconds == 0 {
      let microseconds = attoseconds / 1_000_000_000_000
      if microseconds == 0 { return "0 s" }
      return microseconds % 1_000 == 0 ? "\(microseconds / 1_000) ms" : "\(microseconds) µs"
    }
    if seconds < 60 {
      let tenths = attoseconds / (attosecondsPerSecond / 10)
      return tenths == 0 ? "\(seconds) s" : "\(seconds).\(tenths) s"
    }
    let units: [(String, Int64)] = [("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)]
    var rest = seconds
    var parts: [String] = []
    for (name, length) in units where rest >= length && parts.count < 2 {
      parts.append("\(rest / length) \(name)")
      rest %= length
    }
    return parts.joined(separator: " ")
  }

  /// Two durations for people, exact where the short form rounds their difference away.
  static func distinct(_ first: Duration?, _ second: Duration?) -> (String, String) {
    let texts = [first, second].map { $0.map(short) ?? "none" }
    guard first != second, texts[0] == texts[1] else { return (texts[0], texts[1]) }
    let exact = [first, second].map { $0.map(iso) ?? "none" }
    return (exact[0], exact[1])
  }

  private static func fraction(_ attoseconds: UInt64) -> String {
    var digits = String(attoseconds)
    digits = String(repeating: "0", count: 18 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return digits
  }
}
