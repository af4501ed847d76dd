import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The inbox as it changes: shown again and again, or worked through by a person at a terminal.
struct InboxWatch {
  let invocation: Invocation
  let place: StorePlace
  let hooks: Hooks

  /// The time between two looks.
  private static let pause = Duration.seconds(1)

  /// What there is to react to.
  private enum Occasion: Sendable {
    /// The requests are not the same any more.
    case changed(InboxList)
    /// The requests cannot be looked at now.
    case trouble(String)
    /// Somebody typed a line.
    case line(String)
    /// Nobody types any more, or a signal asked for the end.
    case end
  }

  private var console: Console { invocation.console }
  private var isInteractive: Bool { console.isInputTyped && console.size() != nil }

  /// Watches until somebody leaves.
  nonisolated(nonsending) func perform() async throws -> ExitCode {
    let (occasions, continuation) = AsyncStream<Occasion>.makeStream()
    let (place, hooks, arguments) = (place, hooks, invocation.arguments)
    let (console, isInteractive) = (console, isInteractive)
    let watch = Task { await Self.look(place, hooks, arguments, continuation) }
    // A line is read once what the one before it said is done: until then an editor may have the
    // terminal.
    let (turns, turn) = AsyncStream<Void>.makeStream()
    turn.yield()
    let input = Task {
      guard isInteractive else { return }
      var lines = console.lines().makeAsyncIterator()
      for await _ in turns {
        guard let line = await lines.next() else { break }
        continuation.yield(.line(line))
      }
      continuation.yield(.end)
    }
    let signals = Task {
      for await signal in console.signals() where signal != .resize { continuation.yield(.end) }
    }
    defer {
      watch.cancel()
      input.cancel()
      signals.cancel()
    }
    var desk = InboxDesk(invocation: invocation, place: place)
    var damaged: [String] = []
    for await occasion in occasions {
      switch occasion {
      case .trouble(let problem): console.report("warning: \(problem)\n")
      case .changed(let list):
        for warning in list.warnings where !damaged.contains(warning) { console.report(warning) }
        damaged = list.warnings
        if isInteractive {
          desk.take(list)
        } else {
          try show(list)
        }
      case .line(let line):
        guard try await desk.perform(line) else { return .done }
        turn.yield()
      case .end: return .done
      }
    }
    return .done
  }

  /// Prints the list for whoever reads it.
  private func show(_ list: InboxList) throws {
    let text = RequestText(
      tool: invocation.tool.name, place: place, date: Date(), member: invocation.arguments["me"])
    if invocation.arguments.has("json") {
      let json = list.requests.map { RequestJSON.of($0.name, $0.request, at: text.date) }
      try console.output.write(Printable.json(JSONValue.array(json).canonicalText) + "\n")
      return
    }
    let lines =
      list.requests.isEmpty ? ["nothing waits for people"] : text.table(list.requests)
    try console.output.write((lines + [""]).map { $0 + "\n" }.joined())
  }

  private static func look(
    _ place: StorePlace, _ hooks: Hooks, _ arguments: Arguments,
    _ continuation: AsyncStream<Occasion>.Continuation
  ) async {
    var known: [String]?
    var told: String?
    while !Task.isCancelled {
      do {
        let list = try await InboxList(
          place.store, role: arguments["role"], member: arguments["me"])
        let unread = list.damaged.map(\.run)
        await hooks.tell(list.requests, at: Date()) { !unread.contains($0) }
        let now = list.requests.map(Self.looks) + list.warnings
        if now != known { continuation.yield(.changed(list)) }
        (known, told) = (now, nil)
      } catch {
        // It may be there again the next time.
        let problem = Printable.line("\(error)")
        if problem != told { continuation.yield(.trouble(problem)) }
        told = problem
      }
      try? await Task.sleep(for: pause)
    }
  }

  /// What is shown of a request, as far as it changes.
  private static func looks(_ name: String, _ request: Inbox.Request) -> String {
    let until = request.until.map { "\($0.timeIntervalSince1970)" } ?? "any time"
    return "\(name) \(request.id) \(request.members) \(until) \(request.pending?.by ?? "")"
  }
}
