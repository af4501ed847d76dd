import TroupeRuntime

/// Shows on a terminal how much of a long study is done, in one line that goes away again.
package final class StudyProgress: Sendable {
  /// How long nothing is shown, because a short study needs no progress.
  private static let patience = Duration.milliseconds(500)
  /// The shortest time between two drawings.
  private static let pause = Duration.milliseconds(80)

  private let console: Console
  private let isShown: Bool
  private let next: Lock<(time: Duration, isDrawn: Bool)>
  private let now: @Sendable () -> Duration

  /// Creates a progress that begins now.
  ///
  /// - Parameter now: What time it is, since any moment.
  package init(
    on console: Console, now: @escaping @Sendable () -> Duration = { SystemClock().now }
  ) {
    self.console = console
    self.now = now
    isShown = console.display != .lines
    next = Lock((now() + Self.patience, false))
  }

  /// Shows that so many runs are done.
  package func show(_ done: Int, of total: Int) {
    guard isShown else { return }
    let now = now()
    let isDue = next.withLock { next in
      guard now >= next.time else { return false }
      next = (now + Self.pause, true)
      return true
    }
    // The cursor stays visible and in its line, so that a signal leaves the terminal as it was.
    if isDue { console.report("\r\(done) of \(total) runs simulated\u{1B}[K") }
  }

  /// Takes the line away.
  package func erase() {
    let wasDrawn = next.withLock { next in
      defer { next.isDrawn = false }
      return next.isDrawn
    }
    if wasDrawn { console.report("\r\u{1B}[K") }
  }
}
