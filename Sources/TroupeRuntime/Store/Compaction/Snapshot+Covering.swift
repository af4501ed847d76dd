extension Snapshot {
  /// Whether a place is inside of a round or element that has ended and of which only the results
  /// are known.
  func covers(_ place: String) -> Bool { loop(around: place) != nil }

  /// The outermost loop or fan-out in a round or element of which, that has ended, a place is.
  func base(of place: String) -> String? {
    var base = loop(around: place)
    while let inner = base, let outer = loop(around: inner) { base = outer }
    return base
  }

  /// The innermost loop or fan-out in a round or element of which, that has ended, a place is.
  private func loop(around place: String) -> String? {
    var rest = place[...]
    // From the inside out: what is far inside is usually what has ended.
    while let slash = rest.lastIndex(of: "/") {
      let part = place[place.index(after: slash)..<rest.endIndex]
      let isWhole = rest.endIndex == place.endIndex
      rest = place[..<slash]
      guard !isWhole, let (isRound, number) = Self.selector(part) else { continue }
      let base = String(rest)
      if isRound {
        if let rounds = loops[base], number <= rounds.count { return base }
      } else if fanOuts[base]?[number] != nil {
        return base
      }
    }
    return nil
  }

  /// Whether a record says that a round went by which is known to have ended.
  func covers(round number: Int, of loop: String) -> Bool {
    loops[loop].map { number <= $0.count } ?? false
  }

  /// Reads `rounds[3]` and `items[17]`.
  private static func selector(_ part: Substring) -> (isRound: Bool, number: Int)? {
    guard part.utf8.last == UInt8(ascii: "]"), let open = part.lastIndex(of: "["),
      let number = Int(part[part.index(after: open)...].dropLast())
    else { return nil }
    switch part[..<open] {
    case "rounds": return (true, number)
    case "items": return (false, number)
    default: return nil
    }
  }
}
