import TroupePlan

/// Durations as people read them.
enum DurationText {
  /// What has been taken: `0.2 s`, `42 s`, `3:05`, `1:02:03`.
  static func taken(_ duration: Duration) -> String {
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
  static func moment(_ duration: Duration) -> String {
    let tenths = Int(max(0, seconds(duration)) * 10)
    let (hours, minutes) = (tenths / 36_000, tenths / 600 % 60)
    let rest = "\(two(minutes)):\(two(tenths / 10 % 60)).\(tenths % 10)"
    return hours > 0 ? "\(hours):\(rest)" : rest
  }

  /// A limit as it was declared: `250 ms`, `1.5 s`, `10 min`, `24 h`, `2 d`.
  static func limit(_ duration: Duration) -> String {
    let milliseconds = seconds(duration) * 1000
    for (unit, length) in [("d", 86_400_000.0), ("h", 3_600_000), ("min", 60_000)] {
      let count = milliseconds / length
      if count >= 1, count == count.rounded(), unit != "d" || count > 1 {
        return "\(Int(count)) \(unit)"
      }
    }
    if milliseconds >= 1000 { return "\(number(milliseconds / 1000)) s" }
    return "\(number(milliseconds)) ms"
  }

  /// A number without a needless fraction: `3`, `1.5`.
  static func number(_ value: Double) -> String {
    Int(exactly: value).map(String.init) ?? "\((value * 1000).rounded() / 1000)"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
