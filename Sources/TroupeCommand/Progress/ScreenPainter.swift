/// Draws frames over each other on a terminal, with the control functions of ECMA-48 and the
/// private modes of the VT220 and xterm that all terminals in use know.
package struct ScreenPainter: Sendable {
  let color: Bool
  private var widths: [Int] = []
  private var hidesCursor = false

  package init(color: Bool) {
    self.color = color
  }

  /// What to write to replace the frame before by this one.
  ///
  /// The cursor stays at the beginning of the line below the frame.
  package mutating func draw(_ lines: [StyledLine], columns: Int) -> String {
    // Where the terminal has become narrower it has broken the lines that were too long for it.
    let height = widths.reduce(0) { $0 + max(1, ($1 + columns - 1) / max(columns, 1)) }
    var text = hidesCursor ? "" : "\u{1B}[?25l"
    hidesCursor = true
    // Without wrapping, a line whose width was misjudged is cut and does not disturb the others.
    text += "\u{1B}[?7l\r" + (height > 0 ? "\u{1B}[\(height)A" : "")
    for line in lines {
      // On a line that is full the cursor stands on its last character, which must stay.
      let erase = line.width < columns ? "\u{1B}[K" : ""
      text += line.encoded(color: color) + erase + "\r\n"
    }
    text += "\u{1B}[J\u{1B}[?7h"
    widths = lines.map(\.width)
    return text
  }

  /// What to write to give the terminal back; nothing if nothing was taken.
  package mutating func restore() -> String {
    guard hidesCursor else { return "" }
    hidesCursor = false
    return "\u{1B}[?7h\u{1B}[?25h"
  }
}
