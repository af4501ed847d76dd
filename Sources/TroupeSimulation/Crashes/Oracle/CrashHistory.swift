import TroupePlan
import TroupeRuntime

/// What the world outside of the engine knows of a run with crashes. A crash takes nothing of it
/// away.
struct CrashHistory: Sendable {
  /// Grows with everything that happens.
  private(set) var version = 0
  /// How many processes there have been.
  var processes = 0
  /// What was begun, in order.
  var effects: [CrashEffect] = [] { didSet { version += 1 } }
  /// The types of the records of which readers were told, by their numbers.
  var heard: [Int: String] = [:] { didSet { version += 1 } }
  /// Whether a caller knows that the run was accepted.
  var isAcknowledged = false { didSet { version += 1 } }
  /// The signals of which their senders know that they were taken in.
  var signals: Set<Int> = [] { didSet { version += 1 } }
  /// The requests of which people know that their answers were taken in.
  var answers: Set<String> = [] { didSet { version += 1 } }
  /// What a caller was told that the run came to.
  var reported: CrashOutcome? { didSet { version += 1 } }
  /// Which of its values a stub gave under which key, because the same work gives the same again.
  private var given: [String: Int] = [:]
  private var givenCounts: [Int: Int] = [:]

  /// The identity that a sender gives its signal.
  static func id(ofSignal number: Int) -> String { "signal-\(number)" }

  /// The place of the value that a stub with a list of them gives.
  mutating func place(of stub: Int, key: String, turn: Int) -> Int {
    let name = "\(stub) \(key) \(turn)"
    if let place = given[name] { return place }
    let place = givenCounts[stub, default: 0]
    givenCounts[stub] = place + 1
    version += 1
    given[name] = place
    return place
  }
}
