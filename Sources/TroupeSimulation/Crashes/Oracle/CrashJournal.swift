import TroupePlan
import TroupeRuntime

/// The journal of a run as it stands on a simulated disk, read without the engine's own memory.
struct CrashJournal: Sendable {
  /// One start of a stage's work.
  struct AttemptID: Hashable, CustomStringConvertible {
    let address: String
    let take: Int
    let attempt: Int

    var description: String { "'\(address)' (take \(take), attempt \(attempt))" }
  }

  /// The run that is simulated.
  static let run = "run"
  static let root = "store"
  private static let path = "\(root)/runs/\(run)/journal-000001.jsonl"

  let records: [JournalRecord]
  /// What the file holds.
  private let bytes: [UInt8]
  /// The whole batches of it, which stay as they are for ever.
  let kept: ArraySlice<UInt8>

  /// - Parameter earlier: What the run's journal was at another time, so that its records need not
  ///   be read again.
  /// - Returns: `nil` if there is no run on the disk.
  /// - Throws: `JournalDamage`.
  init?(on disk: SimulatedDisk, after earlier: CrashJournal = CrashJournal()) throws(JournalDamage)
  {
    guard let bytes = try? disk.tree.read(Self.path) else { return nil }
    let known = bytes.starts(with: earlier.kept) ? earlier : CrashJournal()
    let contents = try JournalReader.read(Array(bytes.dropFirst(known.kept.count)))
    records = known.records + contents.records
    if case .torn(let length, _) = contents.end {
      kept = bytes.prefix(known.kept.count + length)
    } else {
      kept = bytes[...]
    }
    self.bytes = bytes
  }

  /// A journal without records.
  init() { (records, bytes, kept) = ([], [], []) }

  /// What the file holds.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether it begins with all that another one holds.
  func continues(_ other: CrashJournal) -> Bool { bytes.starts(with: other.kept) }

  /// The starts of stages' work, in order.
  var starts: [AttemptID: JournalRecord] {
    records.filter { $0.type == "started" }.reduce(into: [:]) { $0[$1.attemptID] = $1 }
  }

  /// What has been decided.
  var questions: Set<CrashQuestion> {
    var questions: Set<CrashQuestion> = []
    for record in records {
      let place = record.address
      switch record.type {
      case "judged":
        questions.insert(
          CrashQuestion(kind: .gate(record.text("gate")), address: place, number: record.take))
      case "chose": questions.insert(CrashQuestion(kind: .branch, address: place))
      case "wentRound":
        questions.insert(
          CrashQuestion(kind: .round, address: place, number: record.number("round")))
      case "considered":
        questions.insert(
          CrashQuestion(kind: .element, address: place, number: record.number("element")))
      case "started" where record.members["prompt"] != nil || record.members["promptFile"] != nil:
        questions.insert(CrashQuestion(kind: .prompt, address: place, number: record.take))
      case "waiting" where record.members["signal"] == nil:
        questions.insert(CrashQuestion(kind: .instant, address: place))
      default: break
      }
    }
    return questions
  }

  /// What the run came to or stopped at, if it has.
  var outcome: CrashOutcome? {
    guard let last = records.last else { return nil }
    switch (last.type, last.text("outcome"), last.text("because")) {
    case ("ended", "completed", _):
      // A large output is in a file of its own.
      return .output(last.members["output"]?.canonicalText ?? last.text("outputFile"))
    case ("ended", let outcome, _): return .error(outcome)
    case ("stopped", _, "inDoubt"): return .inDoubt
    case ("stopped", _, "failure"):
      let failure = last.members["failure"] ?? .null
      let place = failure["address"]?.text ?? ""
      return .failed("'\(place)', \(failure["cause"]?["type"]?.text ?? "")")
    default: return nil
    }
  }
}

extension JournalRecord {
  var address: String { text("address") }
  var take: Int { number("take") }
  var attemptID: CrashJournal.AttemptID {
    CrashJournal.AttemptID(address: address, take: take, attempt: number("attempt"))
  }

  func text(_ key: String) -> String { members[key]?.text ?? "" }

  func number(_ key: String) -> Int {
    if case .integer(let number)? = members[key] { number } else { 0 }
  }
}

extension JSONValue {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
