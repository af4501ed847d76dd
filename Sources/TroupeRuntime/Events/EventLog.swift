import TroupePlan

/// What has happened in a run so far, in order, for any number of readers.
package final class EventLog: Sendable {
  private struct State {
    var events = EventList()
    /// How many events have been forgotten.
    var forgotten = 0
    /// What had begun among these and not ended.
    var begunBefore: [Event] = []
    var isClosed = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextReader = 0
    /// The number of the latest record.
    var last = 0
    /// Where records are written down before anybody is told, and the latest that has been.
    var journal: (writer: RunJournal, durable: Int)?

    mutating func add(
      _ kind: Event.Kind, at address: Address, elapsed: Duration, _ record: [UInt8]? = nil
    ) {
      last += 1
      events.append(Event(sequence: last, elapsed: elapsed, address: address, kind: kind))
      if let record { journal?.writer.append(last, record) }
    }

    /// Whether readers may see the event at an index.
    func shows(_ index: Int) -> Bool {
      guard let event = event(at: index)?.event else { return false }
      guard let journal else { return true }
      return event.sequence <= journal.durable
    }

    /// The event at an index from 0 on, instead of one that was forgotten the one that stands for
    /// it, and the index of the next one.
    func event(at index: Int) -> (event: Event, next: Int)? {
      let place = max(index - forgotten, 0)
      return place < events.count ? (events[place], forgotten + place + 1) : nil
    }

    /// The readers that wait, in the order in which they came; none are told of what is not yet
    /// durable.
    mutating func takeReaders(now: Bool = false) -> [CheckedContinuation<Void, Never>] {
      guard !waiting.isEmpty, journal == nil || now else { return [] }
      let readers = waiting.sorted { $0.key < $1.key }.map(\.value)
      waiting.removeAll()
      return readers
    }
  }

  private let state = Lock(State())
  private let clock: any RunClock
  private let began: Duration
  /// Set before anything happens in the run.
  private let isJournaled: Bool
  /// When the run would have begun if processes had worked on it ever since, by the run's clock;
  /// `nil` where nobody asks how long they have.
  private let origin: Duration?
  /// The number of the last record that was there before this process opened the run.
  package let past: Int

  package init(clock: any RunClock) {
    self.clock = clock
    began = clock.now
    isJournaled = false
    origin = nil
    past = 0
  }

  /// The log of a durable run, which begins with what has happened before.
  ///
  /// - Parameters:
  ///   - elapsed: The time from the run's beginning to now.
  ///   - ran: The time during which processes have worked on it; `nil` if that does not matter.
  init(
    clock: any RunClock, past: [Event], last: Int, elapsed: Duration, ran: Duration? = nil
  ) {
    self.clock = clock
    origin = ran.map { clock.now - $0 }
    began = clock.now - elapsed
    isJournaled = true
    self.past = last
    state.withLock { state in
      for event in past { state.events.append(event) }
      state.last = last
    }
  }

  /// Writes down from now on what happens; readers are told of what is durable.
  func attach(_ journal: RunJournal) {
    state.withLock { $0.journal = (journal, $0.last) }
  }

  /// Tells the readers that records up to this number are durable.
  func advance(durable: Int) {
    let readers = state.withLock { state in
      state.journal?.durable = durable
      return state.takeReaders(now: true)
    }
    for reader in readers { reader.resume() }
  }

  /// An event that is in the log, and of which its readers are still to be told.
  package struct Addition: Sendable {
    /// The event's number.
    package let sequence: Int
    fileprivate let readers: [CheckedContinuation<Void, Never>]

    /// Tells the readers.
    ///
    /// Never under a lock, and never in the cancellation handler of another task: resuming a task
    /// takes a lock of that task's, which whoever cancels it holds while its handlers run.
    package func tell() {
      for reader in readers { reader.resume() }
    }
  }

  /// Adds an event and gives its number.
  ///
  /// - Parameter more: Members that only its record has.
  @discardableResult
  package func append(_ kind: Event.Kind, at address: Address, more: [UInt8]? = nil) -> Int {
    let addition = add(kind, at: address, more: more)
    addition.tell()
    return addition.sequence
  }

  /// Adds an event of which the caller tells the readers.
  package func add(
    _ kind: Event.Kind, at address: Address, more: [UInt8]? = nil
  ) -> Addition {
    let ran = origin.map { clock.now - $0 }
    let record = isJournaled ? kind.record(at: address, more: more ?? [], ran: ran) : nil
    return state.withLock { state in
      // Under the lock, so that the order of the times is that of the events.
      state.add(kind, at: address, elapsed: elapsed, record)
      return Addition(sequence: state.last, readers: state.takeReaders())
    }
  }

  /// Adds two events that happened at the same moment and gives the first one's number.
  package func append(
    _ kind: Event.Kind, at address: Address, then second: Event.Kind, at other: Address
  ) -> Int {
    let addition = state.withLock { state in
      let elapsed = elapsed
      state.add(kind, at: address, elapsed: elapsed)
      state.add(second, at: other, elapsed: elapsed)
      return Addition(sequence: state.last - 1, readers: state.takeReaders())
    }
    addition.tell()
    return addition.sequence
  }

  /// Says that nothing more will happen.
  package func close() {
    let readers = state.withLock { state in
      state.isClosed = true
      return state.takeReaders(now: true)
    }
    for reader in readers { reader.resume() }
  }

  /// The time since the run began.
  package var elapsed: Duration { clock.now - began }

  /// The number of the latest record.
  package var last: Int { state.withLock { $0.last } }

  /// All events so far, from the latest snapshot on if there is one.
  package var events: [Event] { state.withLock { $0.events.all } }

  /// These, and before them what had begun earlier and not ended.
  var remembered: [Event] { state.withLock { $0.begunBefore + $0.events.all } }

  /// Forgets the events up to one, which the journal keeps or has forgotten too; a snapshot stands
  /// for them.
  func forget(upTo sequence: Int, _ root: Address, _ traits: [NodeTraits]) {
    state.withLock { state in
      let all = state.events.all
      let count = all.firstIndex { $0.sequence > sequence } ?? all.count
      guard let last = all.prefix(count).last else { return }
      state.begunBefore = Self.unended(state.begunBefore + all[..<count], traits).map(\.event)
      state.forgotten += count - 1
      state.events = EventList()
      state.events.append(
        Event(sequence: last.sequence, elapsed: last.elapsed, address: root, kind: .snapshot))
      for event in all[count...] { state.events.append(event) }
    }
  }

  /// The event at an index and the index of the next one, as soon as there is one that is durable;
  /// `nil` after the last, or when the reader's task is cancelled.
  package func event(at index: Int) async -> (event: Event, next: Int)? {
    while true {
      let (event, isOver): ((event: Event, next: Int)?, Bool) = state.withLock { state in
        // What was not durable at the end never will be, and nobody is told.
        (state.shows(index) ? state.event(at: index) : nil, state.isClosed)
      }
      if let event { return event }
      if isOver || Task.isCancelled { return nil }
      await waitForMore(than: index)
    }
  }

  private func waitForMore(than count: Int) async {
    let reader = state.withLock { state in
      state.nextReader += 1
      return state.nextReader
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          guard !state.shows(count), !state.isClosed, !Task.isCancelled else {
            return true
          }
          state.waiting[reader] = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: reader) }?.resume()
    }
  }
}
