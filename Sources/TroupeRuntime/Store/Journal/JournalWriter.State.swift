extension JournalWriter {
  /// What has been appended, and who waits for it.
  struct State {
    var file: any AppendingFile
    /// Where the file is, for errors.
    var path: String
    /// What is not in a batch yet.
    var pending: [JournalBatch.Entry] = []
    /// The latest record that was appended.
    var last: Int?
    /// The last record of the batch that was taken last.
    var taken = 0
    var durable: Int
    /// What was written since copies are kept; `nil` if they are not.
    var copies: [UInt8]?
    /// Whether a batch is being written or about to be, or none may be.
    var isCommitting = false
    var isClosed = false
    var failure: JournalError?
    private(set) var waiters: [Waiter] = []
    private var arrivals = 0
    /// Who wants no further batch to be written.
    private var holder: Waiter.Continuation?

    init(file: any AppendingFile, path: String, durable: Int) {
      self.file = file
      self.path = path
      self.durable = durable
    }

    /// Adds a record and says whether a commit is to be started for it.
    mutating func append(_ entry: JournalBatch.Entry) -> Bool {
      precondition(!isClosed, "a record was appended to a journal that is closed")
      guard failure == nil else { return false }
      let follows = last.map { entry.sequence == $0 + 1 } ?? (entry.sequence > durable)
      precondition(follows, "the record \(entry.sequence) does not follow the one before it")
      last = entry.sequence
      pending.append(entry)
      defer { isCommitting = true }
      return !isCommitting
    }

    /// What has been appended and is in no batch yet.
    mutating func takeBatch() -> JournalBatch {
      let batch = JournalBatch(entries: pending, durable: durable)
      pending = []
      taken = batch.entries[batch.entries.count - 1].sequence
      return batch
    }

    /// Whether somebody waits for a record that is in no batch yet.
    var isAwaited: Bool { isClosed || holder != nil || waiters.contains { $0.sequence > taken } }

    /// Lets no further batch be written; `nil` if one is being written, whose end is then told.
    mutating func hold(_ continuation: Waiter.Continuation) -> Result<Void, JournalError>? {
      precondition(holder == nil, "a journal was held twice")
      if let failure { return .failure(failure) }
      guard isCommitting else {
        isCommitting = true
        return .success(())
      }
      holder = continuation
      return nil
    }

    mutating func takeHolder() -> Waiter.Continuation? {
      defer { holder = nil }
      return holder
    }

    /// Lets batches be written, and says whether there is one.
    mutating func release() -> Bool {
      isCommitting = !pending.isEmpty
      return isCommitting
    }

    mutating func takeCopies() -> [UInt8] {
      defer { copies = nil }
      return copies ?? []
    }

    /// What is already known about a record; `nil` if it is not durable yet.
    func outcome(of sequence: Int) -> Result<Void, JournalError>? {
      if let failure { return .failure(failure) }
      if sequence <= durable { return .success(()) }
      precondition(sequence <= last ?? durable, "the record \(sequence) was never appended")
      return nil
    }

    mutating func wait(for sequence: Int, _ continuation: Waiter.Continuation) {
      arrivals += 1
      waiters.append(Waiter(sequence: sequence, arrival: arrivals, continuation: continuation))
    }

    /// Those who wait for a record up to this one, by sequence number, then as they came.
    mutating func takeWaiters(upTo sequence: Int) -> [Waiter] {
      let ready = waiters.filter { $0.sequence <= sequence }
      waiters.removeAll { $0.sequence <= sequence }
      return ready.sorted { ($0.sequence, $0.arrival) < ($1.sequence, $1.arrival) }
    }
  }

  /// Somebody who waits for a record to become durable.
  struct Waiter {
    typealias Continuation = CheckedContinuation<Result<Void, JournalError>, Never>

    let sequence: Int
    let arrival: Int
    let continuation: Continuation
  }
}
