import TroupePlan

/// Work that was begun in a run with crashes, as the world outside of the engine knows it: a line
/// of a ledger that survives every crash.
struct CrashEffect: Sendable {
  /// The process that began it, counted from 1.
  let process: Int
  let node: Int
  let address: String
  let take: Int
  let attempt: Int
  let member: String?
  /// The idempotency key under which it was done.
  let key: String
  /// What it was given: what a stage of code read, or what an agent was told.
  let input: JSONValue
  /// What it gave.
  var output: JSONValue?
  /// Whether it said that it did nothing.
  var didNothing = false

  /// The attempt, whoever did it.
  var id: CrashJournal.AttemptID {
    CrashJournal.AttemptID(address: address, take: take, attempt: attempt)
  }

  /// `'write' (take 2, attempt 3)`.
  var name: String { id.description }
}
