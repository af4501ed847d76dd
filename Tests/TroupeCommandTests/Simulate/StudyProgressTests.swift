import Testing
import TroupeCommand
import TroupeRuntime

@Suite struct StudyProgressTests {
  private func progress(isTerminal: Bool, at seconds: [Double]) -> String {
    let (time, sink) = (Lock(Duration.zero), BufferSink())
    let console = Console(
      arguments: [], environment: ["TERM": "xterm"], output: BufferSink(), errors: sink,
      size: { isTerminal ? TerminalSize(columns: 80, rows: 24) : nil })
    let progress = StudyProgress(on: console, now: { time.withLock { $0 } })
    for (index, second) in seconds.enumerated() {
      time.withLock { $0 = .seconds(second) }
      progress.show(index + 1, of: seconds.count)
    }
    progress.erase()
    progress.erase()
    return sink.text
  }

  @Test func aLongStudySaysHowMuchIsDoneAndTakesThatAway() {
    // Not before half a second has passed, and not more often than every 80 ms.
    #expect(
      progress(isTerminal: true, at: [0.2, 0.6, 0.65, 0.7]) == """
        \r2 of 4 runs simulated\u{1B}[K\r4 of 4 runs simulated\u{1B}[K\r\u{1B}[K
        """)
  }

  @Test func aShortStudyAndOneWithoutATerminalSayNothing() {
    #expect(progress(isTerminal: true, at: [0.1, 0.2, 0.4]) == "")
    #expect(progress(isTerminal: false, at: [1, 2, 3]) == "")
  }
}
