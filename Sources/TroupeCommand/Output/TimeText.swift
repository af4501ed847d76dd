import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Times of a run as people read them; declared limits are written by `DurationText`.
package enum TimeText {
  /// What has been taken: `0.2 s`, `42 s`, `3:05`, `1:02:03`.
  package static func taken(_ duration: Duration) -> String {
    let seconds = max(0, seconds(duration))
    let tenths = Int((seconds * 10).rounded())
    if tenths < 100 { return "\(tenths / 10).\(tenths % 10) s" }
    return running(duration)
  }

  /// What goes on: `0 s`, `42 s`, `3:05`, `1:02:03`.
  static func running(_ duration: Duration) -> String {
    let seconds = Int(max(0, seconds(duration)))
    if seconds < 60 { return "\(seconds) s" }
    if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60))" }
    return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }

  /// A moment of a run: `00:01.2`, `1:02:03.4`.
  package static func moment(_ duration: Duration) -> String {
    let tenths = Int(max(0, seconds(duration)) * 10)
    let (hours, minutes) = (tenths / 36_000, tenths / 600 % 60)
    let rest = "\(two(minutes)):\(two(tenths / 10 % 60)).\(tenths % 10)"
    return hours > 0 ? "\(hours):\(rest)" : rest
  }

  /// An instant in UTC, in whole seconds: `2026-01-02T03:04:05Z`.
  static func instant(_ date: Date) -> String {
    let seconds = date.timeIntervalSinceReferenceDate.rounded(.up)
    return InstantText.text(of: Date(timeIntervalSinceReferenceDate: seconds))
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
