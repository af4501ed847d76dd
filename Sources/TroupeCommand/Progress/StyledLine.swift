/// A line of text in pieces that may look different.
package struct StyledLine: Sendable, Equatable {
  /// How a piece looks.
  package enum Style: Sendable, Equatable {
    case plain, strong, faint, good, bad, active, waiting

    /// The parameters of "select graphic rendition" (ECMA-48, 8.3.117); `nil` for no change.
    var rendition: String? {
      switch self {
      case .plain: nil
      case .strong: "1"
      case .faint: "2"
      case .good: "32"
      case .bad: "31"
      case .active: "36"
      case .waiting: "33"
      }
    }
  }

  private(set) var pieces: [(text: String, style: Style)] = []

  /// The columns that the line takes.
  package private(set) var width = 0

  package init() {}

  /// Adds a piece.
  package mutating func add(_ text: String, _ style: Style = .plain) {
    guard !text.isEmpty else { return }
    pieces.append((text, style))
    width += ColumnWidth.of(text)
  }

  /// Adds spaces up to a column.
  mutating func pad(to column: Int) {
    if column > width { add(String(repeating: " ", count: column - width)) }
  }

  /// The line cut off at a number of columns, with a mark at its end.
  func clipped(to columns: Int, mark: String) -> StyledLine {
    guard width > columns else { return self }
    var line = StyledLine()
    for piece in pieces {
      guard line.width + ColumnWidth.of(piece.text) > columns - ColumnWidth.of(mark) else {
        line.add(piece.text, piece.style)
        continue
      }
      // The piece with the mark added is longer than its room, so that it is surely cut.
      line.add(
        ColumnWidth.clip(piece.text + mark + mark, to: columns - line.width, ellipsis: mark),
        piece.style)
      break
    }
    return line
  }

  /// The line without its looks, and without spaces at its end.
  package var text: String {
    let text = pieces.map(\.text).joined()
    return String(
      text[..<(text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)])
  }

  /// The line as a terminal takes it.
  func encoded(color: Bool) -> String {
    guard color else { return text }
    return pieces.map { piece in
      piece.style.rendition.map { "\u{1B}[\($0)m\(piece.text)\u{1B}[0m" } ?? piece.text
    }.joined()
  }

  package static func == (left: StyledLine, right: StyledLine) -> Bool {
    left.pieces.elementsEqual(right.pieces) { $0.text == $1.text && $0.style == $1.style }
  }
}
