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
  /// A request, or a request with the instant at which it is too late.
  private struct Key: Hashable {
    let run: String
    let request: String
    var until: Date?
  }

  private let waiting: Hook?
  private let late: Hook?
  private var toldWaiting: Set<Key> = []
  private var toldLate: Set<Key> = []
  /// What is still to be told, in order, and how much is being told.
  private var queue: [@Sendable () async -> Void] = []
  private var busy = 0
  private var finishing: [CheckedContinuation<Void, Never>] = []

  /// How many commands run at once.
  private static let width = 8

  /// - Throws: `UsageError`.
  init(
    _ arguments: Arguments, _ console: Console, of command: Subcommand
  ) throws(UsageError) {
    waiting = try Hook("on-waiting", arguments, console, of: command)
    late = try Hook("on-late", arguments, console, of: command)
  }

  /// Whether there is none.
  nonisolated var isEmpty: Bool { waiting == nil && late == nil }

  /// How many requests are remembered because somebody was told of them.
  var told: Int { toldWaiting.count + toldLate.count }

  /// Takes requests for known, so that nobody is told that they wait.
  func know(_ requests: [(name: String, request: Inbox.Request)]) {
    for (_, request) in requests { toldWaiting.insert(Self.key(request)) }
  }

  /// Begins to tell of what is new, and of what will soon be late, each once; a request that is given
  /// another time may be late once more.
  ///
  /// - Parameter isComplete: Whether these are all requests of a run: of others nobody need know any
  ///   more that somebody was told.
  func tell(
    _ requests: [(name: String, request: Inbox.Request)], at date: Date,
    _ isComplete: @Sendable (_ run: String) -> Bool
  ) {
    let open = Set(requests.map { Self.key($0.request) })
    let timed = Set(requests.map { Self.key($0.request, until: $0.request.until) })
    toldWaiting = toldWaiting.filter { open.contains($0) || !isComplete($0.run) }
    toldLate = toldLate.filter { timed.contains($0) || !isComplete($0.run) }
    for (name, request) in requests where request.pending == nil {
      let json = RequestJSON.of(name, request, at: date)
      if let waiting, toldWaiting.insert(Self.key(request)).inserted {
        begin { await waiting.tell(json) }
      }
      guard let late, let instant = Self.warning(request), instant <= date,
        toldLate.insert(Self.key(request, until: request.until)).inserted
      else { continue }
      begin { await late.tell(json) }
    }
  }

  /// Waits until all that was begun to be told has been told.
  func finish() async {
    guard busy > 0 else { return }
    await withCheckedContinuation { finishing.append($0) }
  }

  /// Not given up when whoever tells it is.
  private func begin(_ work: @escaping @Sendable () async -> Void) {
    queue.append(work)
    startNext()
  }

  private func startNext() {
    while busy < Self.width, !queue.isEmpty {
      busy += 1
      let work = queue.removeFirst()
      Task {
        await work()
        self.end()
      }
    }
  }

  private func end() {
    busy -= 1
    startNext()
    guard busy == 0 else { return }
    for continuation in finishing { continuation.resume() }
    finishing = []
  }

  /// When a request is about to be late: when a tenth of its time is left.
  static func warning(_ request: Inbox.Request) -> Date? {
    request.until.map { $0 - $0.timeIntervalSince(request.asked) / 10 }
  }

  private static func key(_ request: Inbox.Request, until: Date? = nil) -> Key {
    Key(run: request.run, request: request.id, until: until)
  }
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
