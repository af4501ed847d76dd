#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Writes the records of a journal, all that were appended since the last sync as one batch.
///
/// A write or sync that fails poisons the journal: everyone who waits or comes later gets the
/// error, and nothing is appended any more. What is on the disk then is for the next opening to
/// find out.
package final class JournalWriter: Sendable {
  private let date: @Sendable () -> Date
  private let onDurable: @Sendable (Int) -> Void
  private let onFailure: @Sendable (JournalError) -> Void
  private let state: Lock<State>

  /// Creates a writer that adds to what a file holds.
  ///
  /// - Parameters:
  ///   - file: The file, which the writer closes.
  ///   - path: Where the file is, for errors.
  ///   - durable: The highest sequence number of which it is known that the file holds it durably;
  ///     0 if there is none.
  ///   - date: The time that a record is given when it is appended.
  ///   - onDurable: Called when all records up to a sequence number have become durable, before
  ///     whoever waits for one of them; in order, and not at once from several threads. The next
  ///     batch waits for it.
  ///   - onFailure: Called once if the journal is poisoned, before whoever waits.
  package init(
    _ file: any AppendingFile, path: String, durable: Int,
    date: @escaping @Sendable () -> Date,
    onDurable: @escaping @Sendable (Int) -> Void,
    onFailure: @escaping @Sendable (JournalError) -> Void
  ) {
    self.date = date
    self.onDurable = onDurable
    self.onFailure = onFailure
    state = Lock(State(file: file, path: path, durable: durable))
  }

  /// Adds a record; never waits. Does nothing if the journal is poisoned.
  ///
  /// - Parameters:
  ///   - sequence: One more than that of the record before; the first may be any that is not
  ///     durable yet.
  ///   - body: The record's members in JSON on one line, without braces: `"type":"started"`.
  package func append(_ sequence: Int, _ body: [UInt8]) {
    precondition(!body.isEmpty, "a record needs members")
    assert(!body.contains(UInt8(ascii: "\n")), "a record is one line")
    let at = JournalTime(date())
    let entry = JournalBatch.Entry(sequence: sequence, at: at, body: body)
    let isFirst = state.withLock { $0.append(entry) }
    if isFirst { commit() }
  }

  /// Waits until a record that has been appended is durable.
  ///
  /// Does not heed the cancellation of the task: a commit comes to its end.
  package func untilDurable(_ sequence: Int) async throws(JournalError) {
    // Most records are durable when somebody asks again; that needs no continuation.
    if let result = state.withLock({ $0.outcome(of: sequence) }) { return try result.get() }
    let result = await withCheckedContinuation { continuation in
      let result = state.withLock { state in
        let result = state.outcome(of: sequence)
        if result == nil { state.wait(for: sequence, continuation) }
        return result
      }
      if let result {
        continuation.resume(returning: result)
      } else {
        state.withLock { $0.file }.hasten(isAboutToWait: true)
      }
    }
    try result.get()
  }

  /// Sees to it that what has been appended is written soon, also if the task that calls this has
  /// much to do before it waits for anything.
  package func hasten() { state.withLock { $0.file }.hasten(isAboutToWait: false) }

  /// Commits what is left, then closes the file; to be called once.
  ///
  /// - Throws: `JournalError` if the journal is poisoned; the file is closed all the same.
  package func close() async throws(JournalError) {
    let last = state.withLock { state in
      precondition(!state.isClosed, "a journal was closed twice")
      state.isClosed = true
      return state.last
    }
    // When the last record is durable nothing is being written: a batch is never empty.
    defer { state.withLock { $0.file }.close() }
    if let last { try await untilDurable(last) }
  }

  /// How many wait for records to become durable.
  var waiters: Int { state.withLock { $0.waiters.count } }

  /// Waits until no batch is being written, and lets none be written until `release`.
  ///
  /// Records may be appended meanwhile; they wait.
  ///
  /// - Returns: The last record of the file, which is durable, and the bytes of the batches that
  ///   were written since copies of them are kept.
  func hold() async throws(JournalError) -> (durable: Int, copies: [UInt8]) {
    let result = await withCheckedContinuation { continuation in
      let result = state.withLock { $0.hold(continuation) }
      if let result {
        continuation.resume(returning: result)
      } else {
        state.withLock { $0.file }.hasten(isAboutToWait: true)
      }
    }
    try result.get()
    return state.withLock { ($0.durable, $0.takeCopies()) }
  }

  /// Lets batches be written again.
  ///
  /// - Parameters:
  ///   - keepingCopies: Whether to keep copies of them, for the next `hold`.
  ///   - file: The file into which they are written from now on; the one before it is closed.
  func release(keepingCopies: Bool = false, to file: (any AppendingFile, path: String)? = nil) {
    let (isMore, old) = state.withLock { state in
      let old = file == nil ? nil : state.file
      if let file { (state.file, state.path) = (file.0, file.path) }
      state.copies = keepingCopies ? [] : nil
      return (state.release(), old)
    }
    old?.close()
    if isMore { commit() }
  }

  /// Keeps no copies of batches any more.
  func dropCopies() { state.withLock { $0.copies = nil } }

  /// Poisons the journal, which must be held: it is not known any more which file is the newest.
  func poison(_ error: JournalError) { fail(error) }

  private func commit() {
    state.withLock { $0.file }.commit(
      { self.takeBatch() }, isAwaited: { self.state.withLock { $0.isAwaited } },
      then: { self.ended($0) })
  }

  private func takeBatch() -> [UInt8] {
    // Its bytes are made without the lock, which whoever appends must not wait for.
    let (batch, isCopied) = state.withLock { ($0.takeBatch(), $0.copies != nil) }
    let bytes = batch.bytes
    if isCopied { state.withLock { $0.copies? += bytes } }
    return bytes
  }

  private func ended(_ result: Result<Void, SystemError>) {
    switch result {
    case .failure(let cause):
      fail(JournalError(path: state.withLock { $0.path }, cause: cause))
    case .success:
      let taken = state.withLock { $0.taken }
      onDurable(taken)
      let (waiters, isMore, holder) = state.withLock { state in
        state.durable = taken
        let holder = state.takeHolder()
        let isMore = holder == nil && state.release()
        return (state.takeWaiters(upTo: taken), isMore, holder)
      }
      for waiter in waiters { waiter.continuation.resume(returning: .success(())) }
      holder?.resume(returning: .success(()))
      // After them, so that those of the next batch are not resumed before them.
      if isMore { commit() }
    }
  }

  private func fail(_ error: JournalError) {
    let (waiters, holder) = state.withLock { state in
      state.failure = error
      state.isCommitting = false
      state.pending = []
      return (state.takeWaiters(upTo: .max), state.takeHolder())
    }
    onFailure(error)
    for waiter in waiters { waiter.continuation.resume(returning: .failure(error)) }
    holder?.resume(returning: .failure(error))
  }
}
