import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a journal tells of one start of a stage's work.
struct AttemptHistory: Sendable {
  /// How the attempt ended, as far as the journal knows.
  enum End: Sendable {
    /// It began, and nobody knows what became of it.
    case unknown
    /// It gave the stage's output; an effect has none.
    case finished(Payload?, usage: Usage)
    /// It failed; `pause` is what was to be waited before the next attempt by the same member.
    case failed(Failure.Cause, pause: Duration?, at: Date, isLast: Bool)
    /// The run gave it up.
    case gaveUp(Event.GivingUp)
  }

  /// What a probe, the agent itself or a person said of an attempt that gave nothing.
  struct Examined: Sendable {
    let record: Int
    let found: Event.Examination
    let output: Payload?
    /// Who said what it gave in the place of whoever was to give it.
    var by: String?
  }

  let attempt: Event.Attempt
  /// The number of the record that says it began.
  let started: Int
  /// The versions that it read: the records by which they came to be, by the artifacts' names.
  let reads: JSONValue?
  /// The idempotency key under which it began.
  let key: String?
  /// The take that first used the key, if that is another one.
  let keyTake: Int?
  /// What its compensation reads, if that reads something.
  let inputs: Payload?
  /// Whether people were to be asked, who do the work.
  let asks: Bool
  /// What it is charged: what it used up or, as long as nobody knows that, what was reserved for
  /// it.
  var charge: Charge
  /// Whether it has said what it used up.
  var isSettled = false
  /// The number of the record of its end.
  var ended: Int?
  var end = End.unknown
  /// Whether it failed and said that nothing was done.
  var wasNotStarted = false
  /// What was found out about it afterwards.
  var examined: Examined?
  /// Whether work that had been given up has come to its end since.
  var isStale = false
  /// What that gave, if it gave something.
  var stale: (record: Int, output: Payload?)?
  /// Whether it belongs to the time before the run was opened again after a failure, so that its
  /// failure no longer counts.
  var isPardoned = false

  /// Whether it failed, or took too long, and that counts against the attempts allowed.
  var countsAsFailure: Bool {
    guard !isPardoned else { return false }
    switch end {
    case .failed: return true
    case .gaveUp(.timedOut): return true
    case .unknown, .finished, .gaveUp: return false
    }
  }
}
