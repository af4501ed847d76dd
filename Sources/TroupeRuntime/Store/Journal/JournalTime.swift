#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// An instant as it stands in a journal, always 27 bytes: `2026-11-21T11:11:24.123456Z`.
///
/// `InstantText` reads and writes the same form, but takes microseconds for it.
struct JournalTime: Hashable {
  /// The bytes that every instant takes.
  static let length = 27
  private static let pattern = Array("0000-00-00T00:00:00.000000Z".utf8)
  /// From the year 1 to the year 9999.
  private static let range = -62_135_596_800_000_000...253_402_300_799_999_999

  /// Microseconds since 1970 in UTC.
  let microseconds: Int

  /// The nearest microsecond.
  init(_ date: Date) {
    // A date counts from 2001; its fraction is taken off before more digits are put in front.
    let seconds = date.timeIntervalSinceReferenceDate.rounded(.down)
    guard abs(seconds) < 1e12 else {
      microseconds = seconds < 0 ? Self.range.lowerBound : Self.range.upperBound
      return
    }
    let fraction = (date.timeIntervalSinceReferenceDate - seconds) * 1_000_000
    let all = (Int(seconds) + 978_307_200) * 1_000_000 + Int(fraction.rounded())
    microseconds = min(max(all, Self.range.lowerBound), Self.range.upperBound)
  }

  /// Reads the 27 bytes; `nil` if they name no instant.
  init?(_ text: UnsafeRawBufferPointer) {
    guard text.count == Self.length else { return nil }
    var fields = [0, 0, 0, 0, 0, 0, 0]
    var field = 0
    for (byte, pattern) in zip(text, Self.pattern) {
      if pattern == UInt8(ascii: "0") {
        guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
        fields[field] = fields[field] * 10 + Int(byte - UInt8(ascii: "0"))
      } else {
        guard byte == pattern else { return nil }
        field += 1
      }
    }
    let (year, month, day) = (fields[0], fields[1], fields[2])
    guard year >= 1, (1...12).contains(month), fields[3] < 24, fields[4] < 60, fields[5] < 60
    else { return nil }
    let days = Self.days(year, month, day)
    guard Self.civil(days) == (year, month, day) else { return nil }
    let seconds = ((days * 24 + fields[3]) * 60 + fields[4]) * 60 + fields[5]
    microseconds = seconds * 1_000_000 + fields[6]
  }

  var date: Date {
    let fraction = Double(microseconds % 1_000_000) / 1_000_000
    return Date(
      timeIntervalSinceReferenceDate: Double(microseconds / 1_000_000 - 978_307_200) + fraction)
  }

  func write(to buffer: inout JournalBuffer) {
    let (days, time) = Self.divided(microseconds, by: 86_400_000_000)
    let (year, month, day) = Self.civil(days)
    let seconds = time / 1_000_000
    buffer.put(year, digits: 4)
    buffer.put("-")
    buffer.put(month, digits: 2)
    buffer.put("-")
    buffer.put(day, digits: 2)
    buffer.put("T")
    buffer.put(seconds / 3600, digits: 2)
    buffer.put(":")
    buffer.put(seconds / 60 % 60, digits: 2)
    buffer.put(":")
    buffer.put(seconds % 60, digits: 2)
    buffer.put(".")
    buffer.put(time % 1_000_000, digits: 6)
    buffer.put("Z")
  }

  private static func divided(_ number: Int, by divisor: Int) -> (quotient: Int, rest: Int) {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }

  /// The date of a number of days since 1970, by the proleptic Gregorian calendar.
  ///
  /// Years begin in March here, so that the odd day is their last, and go by in eras of 400, which
  /// all have the same number of days.
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let (era, day) = divided(days + 719_468, by: 146_097)
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365
    let dayOfYear = day - (365 * year + year / 4 - year / 100)
    let month = (5 * dayOfYear + 2) / 153
    return (
      era * 400 + year + (month < 10 ? 0 : 1), month < 10 ? month + 3 : month - 9,
      dayOfYear - (153 * month + 2) / 5 + 1
    )
  }

  /// The days from 1970 to a date.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let (era, year) = divided(month > 2 ? year : year - 1, by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + year * 365 + year / 4 - year / 100 + dayOfYear - 719_468
  }
}
