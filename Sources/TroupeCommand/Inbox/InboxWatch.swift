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
    let watch = Task { await Self.look(place, hooks, arguments, console, continuation) }
    let input = Task {
      guard isInteractive else { return }
      for await line in console.lines() { continuation.yield(.line(line)) }
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
    for await occasion in occasions {
      switch occasion {
      case .changed(let list):
        if isInteractive {
          desk.take(list)
        } else {
          try show(list)
        }
      case .line(let line):
        guard try await desk.perform(line) else { return .done }
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
    _ place: StorePlace, _ hooks: Hooks, _ arguments: Arguments, _ console: Console,
    _ continuation: AsyncStream<Occasion>.Continuation
  ) async {
    var known: [String]?
    var told: String?
    while !Task.isCancelled {
      do {
        let list = try await InboxList(
          place.store, role: arguments["role"], member: arguments["me"])
        await hooks.tell(list.requests, at: Date())
        let now = list.requests.map { "\($0.name) \($0.request.id) \($0.request.pending != nil)" }
        if now != known { continuation.yield(.changed(list)) }
        (known, told) = (now, nil)
      } catch {
        // It may be there again the next time.
        let problem = Printable.line("\(error)")
        if problem != told { console.report("warning: \(problem)\n") }
        told = problem
      }
      try? await Task.sleep(for: pause)
    }
  }
}
