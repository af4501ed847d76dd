#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Instants as text: `2026-01-02T03:04:05.25Z` (RFC 3339), to the microsecond.
///
/// Foundation's own style either always or never has a fraction, and cuts it to milliseconds.
package enum InstantText {
  /// A date in UTC, the fraction left out where it is zero.
  package static func text(of date: Date) -> String {
    let time = date.timeIntervalSinceReferenceDate
    var seconds = time.rounded(.down)
    var micros = Int(((time - seconds) * 1_000_000).rounded())
    if micros == 1_000_000 {
      seconds += 1
      micros = 0
    }
    let whole = Date(timeIntervalSinceReferenceDate: seconds).formatted(.iso8601)
    guard micros > 0 else { return whole }
    var digits = String(1_000_000 + micros).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(whole.dropLast()).\(digits)Z"
  }

  /// The date that a text names, or `nil` if it names none.
  package static func date(from text: String) -> Date? {
    guard let point = text.firstIndex(of: ".") else {
      return try? Date(text, strategy: .iso8601)
    }
    let digits = text[text.index(after: point)...].prefix { $0.isASCII && $0.isNumber }
    let rest = text[digits.endIndex...]
    guard let fraction = Double("0.\(digits)"), !digits.isEmpty,
      let whole = try? Date("\(text[..<point])\(rest)", strategy: .iso8601)
    else { return nil }
    return whole.addingTimeInterval(fraction)
  }
}
