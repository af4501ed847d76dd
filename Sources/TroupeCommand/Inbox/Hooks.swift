import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

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
  /// What is being told, by the order in which that was begun.
  private var tasks: [Int: Task<Void, Never>] = [:]
  private var begun = 0
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

  /// Ends what is being told, and does not begin what is still to be told.
  func giveUp() {
    queue = []
    for task in tasks.values { task.cancel() }
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
      let number = begun
      begun += 1
      tasks[number] = Task {
        await work()
        self.end(number)
      }
    }
  }

  private func end(_ number: Int) {
    tasks[number] = nil
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
