import Testing
import TroupeCommand

@Suite struct TerminalTests {
  @Test func charactersHaveTheirWidths() {
    let cases: [(String, Int)] = [
      ("", 0), ("plain", 5), ("naïve", 5), ("nai\u{308}ve", 5), ("校正", 4), ("한글", 4),
      ("👩‍👩‍👧", 2), ("🇨🇭", 2), ("❤️", 2), ("…✓▸·", 4), ("a\u{200B}b", 2), ("ｗｉｄｅ", 8),
    ]
    for (text, width) in cases { #expect(ColumnWidth.of(text) == width, "\(text)") }
  }

  @Test func textIsCutBetweenCharacters() {
    #expect(ColumnWidth.clip("workflow", to: 8) == "workflow")
    #expect(ColumnWidth.clip("workflow", to: 5) == "work…")
    #expect(ColumnWidth.clip("校正校正", to: 6) == "校正…")
    #expect(ColumnWidth.clip("校正校正", to: 5) == "校正…")
    #expect(ColumnWidth.clip("校正校正", to: 4) == "校…")
    #expect(ColumnWidth.clip("workflow", to: 0) == "")
    #expect(ColumnWidth.clip("workflow", to: 5, ellipsis: "...") == "wo...")
  }

  @Test func whatCommandsATerminalIsEscaped() {
    #expect(Printable.line("a\u{1B}[2Jb\n\t\r") == #"a\u{1B}[2Jb\n\t\r"#)
    #expect(
      Printable.line("\u{9B}31m\u{202E}\u{2066}\u{7F}") == #"\u{9B}31m\u{202E}\u{2066}\u{7F}"#)
    #expect(Printable.lines("a\nb\u{0}") == "a\nb\\u{0}")
    #expect(Printable.line("naïve 校正 👩‍👩‍👧") == "naïve 校正 👩‍👩‍👧")
  }

  @Test func aFrameReplacesTheOneBeforeIt() {
    var painter = ScreenPainter(color: true)
    #expect(
      painter.draw([line("one", .good), line("two")], columns: 80)
        == "\u{1B}[?25l\u{1B}[?7l\r\u{1B}[32mone\u{1B}[0m\u{1B}[K\r\ntwo\u{1B}[K\r\n"
        + "\u{1B}[J\u{1B}[?7h")
    #expect(
      painter.draw([line("three")], columns: 80)
        == "\u{1B}[?7l\r\u{1B}[2Athree\u{1B}[K\r\n\u{1B}[J\u{1B}[?7h")
    #expect(painter.restore() == "\u{1B}[?7h\u{1B}[?25h")
    #expect(painter.restore() == "")
  }

  @Test func theLastColumnOfAFullLineIsNotErased() {
    var painter = ScreenPainter(color: false)
    #expect(painter.draw([line("full")], columns: 4).contains("full\r\n"))
  }

  @Test func linesThatANarrowerTerminalHasBrokenAreCounted() {
    var painter = ScreenPainter(color: false)
    _ = painter.draw([line("twelve chars"), line(""), line("four")], columns: 80)
    #expect(painter.draw([], columns: 5).contains("\r\u{1B}[5A"))
  }

  @Test func timesAreReadable() {
    let taken: [(Duration, String)] = [
      (.milliseconds(40), "0.0 s"), (.milliseconds(9940), "9.9 s"), (.milliseconds(9960), "9 s"),
      (.seconds(59.9), "59 s"), (.seconds(61), "1:01"), (.seconds(3723), "1:02:03"),
    ]
    for (duration, text) in taken { #expect(TimeText.taken(duration) == text) }
    #expect(TimeText.moment(.milliseconds(61_250)) == "01:01.2")
    #expect(TimeText.moment(.seconds(3723)) == "1:02:03.0")
  }

  private func line(_ text: String, _ style: StyledLine.Style = .plain) -> StyledLine {
    var line = StyledLine()
    line.add(text, style)
    return line
  }
}
