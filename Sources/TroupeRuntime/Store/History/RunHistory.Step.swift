public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension RunHistory {
  /// What happened to one step: to one visit of it, where it is visited again and again.
  public struct Step: Sendable {
    /// Where it is.
    public let address: Address
    /// How far it is.
    public internal(set) var state = State.open
    /// The number of the first record about it.
    public let record: Int
    /// When it began, since the run's beginning.
    public let began: Duration
    /// When it ended, since the run's beginning.
    public internal(set) var ended: Duration?
    /// The starts of its work, in order.
    public internal(set) var attempts: [Attempt] = []
    /// What its gates said, in order.
    public internal(set) var judgements: [Judgement] = []
    /// What else happened: branches taken, rounds, fallbacks, limits that passed, requests that were
    /// handed on.
    public internal(set) var others: [Event] = []
    /// Why it failed, if it did.
    public internal(set) var failure: String?
    /// What it waits for, if it does.
    public internal(set) var awaited: Awaited?
  }

  /// What a step waits for.
  public enum Awaited: Sendable, Hashable {
    /// A member of the team who plays this role and has time.
    case member(Role.ID)
    /// A signal from outside, until an instant if there is one.
    case signal(String, until: Date?)
    /// An instant.
    case instant(Date)
    /// The answer of a person.
    case answer(Event.Asking)
  }

  /// How far a step is.
  public enum State: String, Sendable, Hashable {
    /// It has begun and not come to an end.
    case open
    /// It is done.
    case completed
    /// It failed.
    case failed
    /// It was cancelled.
    case cancelled
  }

  /// One start of a stage's work.
  public struct Attempt: Sendable {
    /// How an attempt ended.
    public enum End: Sendable, Hashable {
      /// It goes on, or nobody knows what became of it.
      case open
      /// It gave what the stage writes.
      case finished
      /// It failed for this reason, and is repeated after a pause if there is one.
      case failed(reason: String, pause: Duration?)
      /// It was given up.
      case gaveUp(Event.GivingUp)
    }

    /// Which attempt it is, and who makes it.
    public let attempt: Event.Attempt
    /// The number of the record by which it began.
    public let record: Int
    /// When it began, since the run's beginning.
    public let began: Duration
    /// How it ended.
    public internal(set) var end = End.open
    /// When it ended, since the run's beginning.
    public internal(set) var ended: Duration?
    /// What it used up, as far as it has been reported.
    public internal(set) var usage = Usage()
  }

  /// What a gate said of one take.
  public struct Judgement: Sendable {
    /// The gate's name.
    public let gate: String
    /// The take that was judged, counted from 1; 0 for a fallback.
    public let take: Int
    /// What the gate said.
    public let verdict: Verdict
    /// What followed from it.
    public let consequence: Event.Consequence
    /// The number of its record.
    public let record: Int
  }
}

extension RunHistory.Step {
  /// The productions that were begun.
  public var takes: Int { attempts.map(\.attempt.take).max() ?? judgements.map(\.take).max() ?? 0 }
}
