import TroupePlan

/// Draws a run's progress as a tree of its steps: a pure function of what is known, the size of the
/// terminal and the time.
package struct ProgressTree: Sendable {
  let model: ProgressModel
  let size: TerminalSize
  /// The time since the run began.
  let now: Duration
  let glyphs: Glyphs

  /// Creates the drawing.
  ///
  /// - Parameter now: The time since the run began.
  package init(model: ProgressModel, size: TerminalSize, now: Duration, glyphs: Glyphs) {
    self.model = model
    self.size = size
    self.now = now
    self.glyphs = glyphs
  }

  /// The columns for a step's time.
  private static let timeWidth = 8

  /// The lines: the workflow, the steps as far as there is room, and how many are left out. Never
  /// more than the terminal has rows, less one for the cursor; never wider than it.
  package var lines: [StyledLine] {
    let visible = model.rows.filter(isVisible)
    let room = max(size.rows - 2, 1)
    let shown: [ProgressRow]
    var rest: StyledLine?
    if visible.count <= room {
      shown = visible
    } else {
      let choice = RowChoice(model: model, rows: visible, room: room - 1)
      shown = choice.shown
      rest = summary(of: choice.hidden)
    }
    let nameWidth = nameWidth(shown)
    var lines = [header(nameWidth)]
    lines += shown.map { line(for: $0, nameWidth) }
    if let rest { lines.append(rest) }
    return lines.map { $0.clipped(to: size.columns, mark: glyphs.ellipsis) }
  }

  private func isVisible(_ row: ProgressRow) -> Bool {
    !row.isAside || model.steps[row.node].state != .waiting
  }

  private func nameWidth(_ rows: [ProgressRow]) -> Int {
    let widest = rows.map { 2 * $0.depth + 4 + ColumnWidth.of(name($0.node)) }.max() ?? 0
    return min(
      max(widest, 2 + ColumnWidth.of(workflow)), max(size.columns * 3 / 5, 12),
      max(size.columns - Self.timeWidth - 1, 1))
  }

  private var workflow: String { Printable.line(model.plan.workflow) }

  private func name(_ id: Int) -> String { Printable.line(model.plan.nodes[id].name) }

  private func header(_ nameWidth: Int) -> StyledLine {
    let step = model.steps[0]
    var line = StyledLine()
    line.add(glyphs.sign(step.state) + " ", glyphs.style(step.state))
    line.add(ColumnWidth.clip(workflow, to: nameWidth - 2, ellipsis: glyphs.ellipsis), .strong)
    addTime(of: step, to: &line, nameWidth)
    if let text = model.stopText, step.state.isActive { line.add("  \(text)", .waiting) }
    return line
  }

  private func line(for row: ProgressRow, _ nameWidth: Int) -> StyledLine {
    let step = model.steps[row.node]
    var line = StyledLine()
    line.add(String(repeating: " ", count: 2 * row.depth + 2))
    line.add(glyphs.sign(step.state) + " ", glyphs.style(step.state))
    let isFaint = step.state == .waiting || step.state == .skipped
    line.add(
      ColumnWidth.clip(name(row.node), to: nameWidth - line.width, ellipsis: glyphs.ellipsis),
      isFaint ? .faint : .plain)
    let remarks = remarks(row.node, step)
    guard step.began != nil || !remarks.isEmpty else { return line }
    addTime(of: step, to: &line, nameWidth)
    for (index, remark) in remarks.enumerated() {
      line.add(index == 0 ? "  " : glyphs.separator, .faint)
      line.add(Printable.line(remark), step.state == .failed ? .bad : .faint)
    }
    return line
  }

  private func addTime(of step: StepProgress, to line: inout StyledLine, _ nameWidth: Int) {
    guard let began = step.began else { return }
    let text =
      step.ended.map { TimeText.taken($0 - began) } ?? TimeText.running(now - began)
    line.pad(to: nameWidth + 1 + Self.timeWidth - ColumnWidth.of(text))
    line.add(text, .faint)
  }

  private func remarks(_ id: Int, _ step: StepProgress) -> [String] {
    let node = model.plan.nodes[id]
    var remarks: [String] = []
    if let member = step.member { remarks.append(member) }
    if step.take > 1 { remarks.append("take \(step.take)") }
    if step.attempt > 1 { remarks.append("attempt \(step.attempt)") }
    if case .repeat(let loop) = node.kind, step.state != .waiting, step.state != .skipped {
      remarks.append("round \(step.round) of \(loop.limit)")
    }
    if let fanOut = model.fanOuts[id] { remarks.append(fanOut.text) }
    if case .queued(let role) = step.state { remarks.append("waits for \(role)") }
    if let note = step.note { remarks.append(String(note.prefix { $0 != "\n" })) }
    return remarks
  }

  private func summary(of hidden: [ProgressRow]) -> StyledLine {
    let words = ["failed", "running", "done", "waiting", "cancelled", "skipped"]
    var counts = Array(repeating: 0, count: words.count)
    for row in hidden {
      switch model.steps[row.node].state {
      case .failed: counts[0] += 1
      case .running, .queued, .retrying, .lingering: counts[1] += 1
      case .done: counts[2] += 1
      case .waiting: counts[3] += 1
      case .cancelled: counts[4] += 1
      case .skipped: counts[5] += 1
      }
    }
    // `12 more done, 3 waiting`
    let parts = zip(words, counts).filter { $0.1 > 0 }.enumerated().map { index, part in
      "\(part.1)\(index == 0 ? " more" : "") \(part.0)"
    }
    var line = StyledLine()
    line.add("  \(glyphs.ellipsis) " + parts.joined(separator: ", "), .faint)
    return line
  }
}
