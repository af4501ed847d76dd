/// The signs of steps' states and of what is left out, in Unicode or ASCII.
package struct Glyphs: Sendable {
  let isUnicode: Bool

  package init(isUnicode: Bool) {
    self.isUnicode = isUnicode
  }

  /// The sign of a state.
  func sign(_ state: StepProgress.State) -> String {
    switch state {
    case .waiting: isUnicode ? "·" : "."
    case .queued: isUnicode ? "◦" : "o"
    case .running: isUnicode ? "▸" : ">"
    case .retrying: isUnicode ? "↻" : "r"
    case .lingering: "!"
    case .done: isUnicode ? "✓" : "+"
    case .failed: isUnicode ? "✗" : "x"
    case .cancelled: isUnicode ? "■" : "#"
    case .skipped: "-"
    }
  }

  /// The look of a state.
  func style(_ state: StepProgress.State) -> StyledLine.Style {
    switch state {
    case .waiting, .skipped, .cancelled: .faint
    case .queued, .retrying, .lingering: .waiting
    case .running: .active
    case .done: .good
    case .failed: .bad
    }
  }

  /// The mark of something left out.
  var ellipsis: String { isUnicode ? "…" : "..." }

  /// What stands between two remarks.
  var separator: String { isUnicode ? " · " : " - " }
}
