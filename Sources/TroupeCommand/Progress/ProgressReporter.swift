import TroupePlan
import TroupeRuntime

/// Follows a run and shows how it goes, as the console can: as a tree that is redrawn in place, as
/// a line for each event, or not at all.
final class ProgressReporter: Sendable {
  /// The shortest time between two frames.
  private static let pause = Duration.milliseconds(80)

  private struct State: Sendable {
    var model: ProgressModel
    var painter: ScreenPainter
  }

  private let state: Lock<State>
  private let console: Console
  private let look: Look?
  private let hasLines: Bool
  private let past: Int
  private let elapsed: @Sendable () -> Duration
  private let hint: @Sendable (Event) -> String
  private let known: @Sendable (Event) async -> KnownPast?
  private let wakes: AsyncStream<Void>
  private let wake: AsyncStream<Void>.Continuation

  /// Creates a reporter.
  ///
  /// - Parameters:
  ///   - past: The number of the last record of an earlier process, of which nothing is told any
  ///     more.
  ///   - known: What is known of the events for which a snapshot stands.
  ///   - hint: What a person can do about an event, in whole lines; shown behind its line.
  ///   - elapsed: The time since the run began.
  init(
    _ plan: Plan, on console: Console, isQuiet: Bool, past: Int = 0,
    known: @escaping @Sendable (Event) async -> KnownPast? = { _ in nil },
    hint: @escaping @Sendable (Event) -> String = { _ in "" },
    elapsed: @escaping @Sendable () -> Duration
  ) {
    self.console = console
    self.past = past
    self.elapsed = elapsed
    self.hint = hint
    self.known = known
    let display = isQuiet ? nil : console.display
    if case .tree(let look) = display { self.look = look } else { look = nil }
    hasLines = display == .lines
    state = Lock(
      State(
        model: ProgressModel(plan: plan), painter: ScreenPainter(color: look?.hasColor ?? false)))
    (wakes, wake) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// What the run has come to.
  var model: ProgressModel { state.withLock { $0.model } }

  /// Takes in the events of a run until it is over.
  func follow(_ events: Events) async {
    var text = EventText()
    for await event in events {
      let line = hasLines ? text.line(for: event) : nil
      if case .snapshot = event.kind, let known = await known(event) {
        state.withLock { $0.model.begin(with: known) }
      } else {
        state.withLock { $0.model.apply(event) }
      }
      if let line, event.sequence > past { console.report(line + "\n" + hint(event)) }
      if look != nil { wake.yield() }
    }
  }

  /// Redraws whenever something has happened, and every second; until it is cancelled.
  func redraw() async {
    guard look != nil else { return }
    draw()
    await withTaskGroup(of: Void.self) { group in
      group.addTask { [wake] in
        while (try? await Task.sleep(for: .seconds(1))) != nil { wake.yield() }
      }
      for await _ in wakes {
        draw()
        guard (try? await Task.sleep(for: Self.pause)) != nil else { break }
      }
      group.cancelAll()
    }
  }

  /// Says that the terminal has another size.
  func resize() { wake.yield() }

  /// Says that the run has been asked to stop, and what a person can still do.
  func stop(after signal: Console.Signal, grace: Duration?) {
    let text = state.withLock { state in
      state.model.stop(after: signal, grace: grace)
      return state.model.stopText
    }
    wake.yield()
    if look == nil, let text { console.report(text + "\n") }
  }

  /// Draws the last state, gives the terminal back and says in a line how it ended.
  func end(_ ending: String) {
    let elapsed = elapsed()
    if look != nil {
      draw()
      restore()
    }
    if look != nil || hasLines {
      console.report(RunSummary(model: model, elapsed: elapsed).line(ending) + "\n")
    }
  }

  /// Gives the terminal back.
  func restore() {
    state.withLock { state in console.report(state.painter.restore()) }
  }

  private func draw() {
    guard let look, let size = console.size() else { return }
    let now = elapsed()
    state.withLock { state in
      let tree = ProgressTree(
        model: state.model, size: size, now: now, glyphs: Glyphs(isUnicode: look.isUnicode))
      console.report(state.painter.draw(tree.lines, columns: size.columns))
    }
  }
}
