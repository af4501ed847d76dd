public import TroupePlan
public import TroupeRuntime

/// What became of one stage in a simulated run, over all rounds, elements and takes.
public struct SimulatedStage: Sendable {
  /// One attempt.
  public struct Attempt: Sendable {
    /// How an attempt ended.
    public enum Ending: Sendable, Hashable {
      /// Its output holds.
      case finished
      /// The work threw an error, or gave what could not be read.
      case failed(reason: String)
      /// It was given up after its timeout.
      case timedOut(Duration)
      /// It was cancelled.
      case cancelled
      /// The run ended before it.
      case unended
    }

    /// Where, with rounds and elements: `launch-post/rounds[2]/critic`.
    public let address: String
    /// The production to which it belongs, counted from 1.
    public let take: Int
    /// The start within the take, counted from 1.
    public let number: Int
    /// Who did it; `nil` for code.
    public let member: String?
    /// The virtual time since the run began.
    public let start: Duration
    /// When it ended or was given up; for one that is unended, when the run ended.
    public internal(set) var end: Duration
    /// How it ended.
    public internal(set) var ending = Ending.unended
    /// Whether it answered after it had been given up.
    public internal(set) var answeredLate = false
    /// What it used up.
    public internal(set) var usage = Usage()
    /// What it wrote, as JSON; also if that was not accepted, or came too late.
    public internal(set) var output: JSONValue?
    /// What it read, as JSON, in the order of the stage's `reads`.
    public internal(set) var inputs: [JSONValue] = []
  }

  /// A gate's verdict.
  public struct Judgement: Sendable, Hashable {
    /// The gate.
    public let gate: String
    /// Where, with rounds and elements.
    public let address: String
    /// What it said.
    public let verdict: Verdict
    /// What followed.
    public let consequence: Event.Consequence
  }

  /// The stage's path in the plan.
  public let path: Path
  /// The role; `nil` for code.
  public let role: Role.ID?
  /// The attempts, in the order in which they started.
  public let attempts: [Attempt]
  /// The verdicts of its gates, in order.
  public let judgements: [Judgement]
  /// What happened in the whole run, for messages.
  let timeline: Timeline

  /// How often it was produced: once, and once more for each rework, round and element.
  public var takes: Int {
    var seen: Set<StubDesk.TakeKey> = []
    return attempts.count {
      seen.insert(StubDesk.TakeKey(address: $0.address, take: $0.take)).inserted
    }
  }

  /// Whether it ran at all.
  public var ran: Bool { !attempts.isEmpty }

  /// When its first attempt started.
  public var start: Duration? { attempts.first?.start }

  /// When its last attempt ended.
  public var end: Duration? { attempts.map(\.end).max() }

  /// What it wrote last, of what was not cancelled or too late.
  public var output: JSONValue? { attempts.last { $0.ending == .finished }?.output }

  /// What it wrote last, as a Swift value.
  ///
  /// - Throws: `JSONMismatch` if it is of another type.
  public func output<Value: Decodable>(as type: Value.Type) throws -> Value? {
    try output?.decode(as: type)
  }
}

extension SimulatedStage: CustomStringConvertible {
  /// The stage and the timeline of the whole run, so that a failed expectation explains itself.
  public var description: String {
    "'\(path)' with \(attempts.count) \(attempts.count == 1 ? "attempt" : "attempts") in:\n"
      + "\(timeline)"
  }
}

extension SimulatedStage: CustomReflectable {
  /// No parts; see `SimulatedRun`.
  public var customMirror: Mirror { Mirror(self, children: [], displayStyle: .struct) }
}
