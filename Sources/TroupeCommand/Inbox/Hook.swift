import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A command that is told of requests to people: as JSON on its standard input, without a shell.
struct Hook: Sendable {
  /// The option that names it.
  let option: String
  /// The executable and its arguments.
  let words: [String]
  let console: Console

  /// How long the command may take.
  private static let limit = Duration.seconds(60)

  /// The command that an option names, at whose spaces it is taken apart; `nil` if it is not given.
  ///
  /// - Throws: `UsageError` if it names none.
  init?(
    _ option: String, _ arguments: Arguments, _ console: Console, of command: Subcommand
  ) throws(UsageError) {
    guard let text = arguments[option] else { return nil }
    words = text.split(separator: " ").map(String.init)
    guard !words.isEmpty else {
      throw UsageError("option '--\(option)' needs a value: COMMAND", of: command)
    }
    self.option = option
    self.console = console
  }

  /// Tells the command of a request. That it fails is reported, and changes nothing.
  func tell(_ request: JSONValue) async {
    var limits = Command.Limits()
    limits.time = Self.limit
    let command = Command(
      words[0], arguments: words.dropFirst().map { Array($0.utf8) },
      environment: console.environment, input: .bytes(Array((request.canonicalText + "\n").utf8)),
      limits: limits)
    let problem: String
    do throws(CommandError) {
      let result = try await command.run()
      if result.status == .exited(0) { return }
      let tail = String(decoding: result.errorTail, as: UTF8.self)
      let end =
        switch result.status {
        case .exited(let code): "exit code \(code)"
        case .signalled(let signal): "signal \(signal)"
        }
      problem = end + (tail.isEmpty ? "" : ": \(tail.prefix { !$0.isNewline })")
    } catch {
      problem = "\(error)"
    }
    console.report("warning: '--\(option)' failed: \(Printable.line(problem))\n")
  }
}

/// The hooks of a command, and whom they have told what.
actor Hooks {
  private let waiting: Hook?
  private let late: Hook?
  private var toldWaiting: Set<String> = []
  private var toldLate: Set<String> = []
  /// What is being told; not given up when whoever tells it is.
  private var telling: [Task<Void, Never>] = []

  /// - Throws: `UsageError`.
  init(
    _ arguments: Arguments, _ console: Console, of command: Subcommand
  ) throws(UsageError) {
    waiting = try Hook("on-waiting", arguments, console, of: command)
    late = try Hook("on-late", arguments, console, of: command)
  }

  /// Whether there is none.
  nonisolated var isEmpty: Bool { waiting == nil && late == nil }

  /// Takes requests for known, so that nobody is told that they wait.
  func know(_ requests: [(name: String, request: Inbox.Request)]) {
    for (_, request) in requests { toldWaiting.insert(Self.key(request)) }
  }

  /// Tells of what is new, and of what will soon be late, each once.
  func tell(_ requests: [(name: String, request: Inbox.Request)], at date: Date) async {
    for (name, request) in requests where request.pending == nil {
      let (key, json) = (Self.key(request), RequestJSON.of(name, request, at: date))
      if let waiting, toldWaiting.insert(key).inserted {
        await begin { await waiting.tell(json) }
      }
      guard let late, let instant = Self.warning(request), instant <= date,
        toldLate.insert(key).inserted
      else { continue }
      await begin { await late.tell(json) }
    }
  }

  /// Waits until all that was begun to be told has been told.
  func finish() async {
    for task in telling { await task.value }
    telling = []
  }

  private func begin(_ work: @escaping @Sendable () async -> Void) async {
    let task = Task { await work() }
    telling.append(task)
    await task.value
  }

  /// When a request is about to be late: when a tenth of its time is left.
  static func warning(_ request: Inbox.Request) -> Date? {
    request.until.map { $0 - $0.timeIntervalSince(request.asked) / 10 }
  }

  private static func key(_ request: Inbox.Request) -> String { "\(request.run):\(request.id)" }
}

extension Option {
  /// What to run when people are asked.
  static let onWaiting = value(
    "on-waiting", "COMMAND",
    "Run this for each new request to people; it gets the\nrequest as JSON on its standard input. "
      + "No shell: it is\ntaken apart at spaces.")

  /// What to run when a request is about to be late.
  static let onLate = value(
    "on-late", "COMMAND",
    "The same for each request of whose time a tenth is\nleft.")
}
