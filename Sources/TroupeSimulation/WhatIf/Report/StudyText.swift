import TroupePlan

/// Figures of a study as people read them.
enum StudyText {
  /// `0 %`, `7 %`, `100 %`; `<1 %` for what is not nothing.
  static func percent(_ part: Double) -> String {
    let rounded = Int((part * 100).rounded())
    return rounded == 0 && part > 1e-9 ? "<1 %" : "\(rounded) %"
  }

  /// `250 ms`, `3.5 s`, `12 min 30 s`, `1 h 20 min`, `2 d 3 h`: rounded to what matters.
  static func time(_ duration: Duration) -> String {
    let units: [(from: Duration, unit: Duration)] = [
      (.seconds(86_400), .seconds(3_600)), (.seconds(3_600), .seconds(60)),
      (.seconds(60), .seconds(1)), (.seconds(1), .milliseconds(100)),
      (.milliseconds(1), .milliseconds(1)), (.zero, .microseconds(1)),
    ]
    let unit = units.first { duration >= $0.from }?.unit ?? .microseconds(1)
    return DurationText.short(unit * Int((duration / unit).rounded()))
  }

  /// `+10 min`, `−10 min`, `±0`.
  static func change(_ duration: Duration) -> String {
    if abs(duration / .microseconds(1)) < 1 { return "±0" }
    return duration < .zero ? "−\(time(.zero - duration))" : "+\(time(duration))"
  }

  /// A number to a tenth: `2`, `0.5`.
  static func number(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// A cost to four digits behind the point: `2`, `0.05`.
  static func amount(_ cost: Double) -> String {
    JSONValue.number((cost * 10_000).rounded() / 10_000).canonicalText
  }

  /// Lines of columns, each as wide as its widest cell; the first `left` columns begin at their
  /// left edge, the others end at their right one.
  static func table(_ rows: [[String]], left: Int) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        return column < left ? cell + space : space + cell
      }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }
}
