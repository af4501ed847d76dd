/// How far a fan-out is: counts only, since there may be a hundred thousand elements.
struct FanOutProgress: Sendable, Equatable {
  /// The elements; `nil` before the list has been read.
  private(set) var count: Int?
  /// The elements that are done.
  private(set) var done = 0
  /// The elements that were cancelled.
  private(set) var cancelled = 0
  private var active: Set<Int> = []
  private var failures: Set<Int> = []

  /// The elements that are at work.
  var running: Int { active.count }
  /// The elements that failed.
  var failed: Int { failures.count }
  /// The elements that have not begun.
  var waiting: Int { max(0, (count ?? 0) - done - cancelled - running - failed) }

  /// Begins with a list of so many elements.
  init(count: Int? = nil) {
    self.count = count
  }

  /// An element has work going on.
  mutating func begin(_ element: Int) {
    active.insert(element)
    failures.remove(element)
  }

  /// An element has its result.
  mutating func finish(_ element: Int) {
    if active.remove(element) != nil { done += 1 }
  }

  /// Elements have their results of which nobody was told when they began.
  mutating func finish(_ elements: Set<Int>) {
    for element in elements { begin(element) }
    for element in elements { finish(element) }
  }

  /// An element failed; if it was only an attempt, `begin` takes that back.
  mutating func fail(_ element: Int) {
    active.remove(element)
    failures.insert(element)
  }

  /// Another process goes on with the run: what was at work, failed or was cancelled is yet to be
  /// done.
  mutating func resume() {
    active = []
    failures = []
    cancelled = 0
  }

  /// An element was cancelled.
  mutating func cancel(_ element: Int) {
    if active.remove(element) != nil { cancelled += 1 }
  }

  /// The counts in words: `812 of 1000 done, 64 running, 2 failed`.
  var text: String {
    guard let count else { return "" }
    var parts = ["\(done) of \(count) done"]
    if running > 0 { parts.append("\(running) running") }
    if failed > 0 { parts.append("\(failed) failed") }
    if cancelled > 0 { parts.append("\(cancelled) cancelled") }
    return parts.joined(separator: ", ")
  }
}
