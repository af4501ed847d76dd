/// What has happened in a run so far, in order, for any number of readers.
package final class EventLog: Sendable {
  private struct State {
    var events = EventList()
    var isClosed = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextReader = 0

    mutating func add(_ kind: Event.Kind, at address: Address, elapsed: Duration) {
      events.append(
        Event(sequence: events.count + 1, elapsed: elapsed, address: address, kind: kind))
    }

    /// The readers that wait, in the order in which they came.
    mutating func takeReaders() -> [CheckedContinuation<Void, Never>] {
      guard !waiting.isEmpty else { return [] }
      let readers = waiting.sorted { $0.key < $1.key }.map(\.value)
      waiting.removeAll()
      return readers
    }
  }

  private let state = Lock(State())
  private let clock: any RunClock
  private let began: Duration

  package init(clock: any RunClock) {
    self.clock = clock
    began = clock.now
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
  @discardableResult
  package func append(_ kind: Event.Kind, at address: Address) -> Int {
    let addition = add(kind, at: address)
    addition.tell()
    return addition.sequence
  }

  /// Adds an event of which the caller tells the readers.
  package func add(_ kind: Event.Kind, at address: Address) -> Addition {
    state.withLock { state in
      // Under the lock, so that the order of the times is that of the events.
      state.add(kind, at: address, elapsed: elapsed)
      return Addition(sequence: state.events.count, readers: state.takeReaders())
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
      return Addition(sequence: state.events.count - 1, readers: state.takeReaders())
    }
    addition.tell()
    return addition.sequence
  }

  /// Says that nothing more will happen.
  package func close() {
    let readers = state.withLock { state in
      state.isClosed = true
      return state.takeReaders()
    }
    for reader in readers { reader.resume() }
  }

  /// The time since the run began.
  package var elapsed: Duration { clock.now - began }

  /// The number of the latest event.
  package var count: Int { state.withLock { $0.events.count } }

  /// All events so far.
  package var events: [Event] { state.withLock { $0.events.all } }

  /// The event at an index, as soon as there is one; `nil` after the last, or when the reader's
  /// task is cancelled.
  package func event(at index: Int) async -> Event? {
    while true {
      let (event, isOver): (Event?, Bool) = state.withLock { state in
        (index < state.events.count ? state.events[index] : nil, state.isClosed)
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
          guard state.events.count <= count, !state.isClosed, !Task.isCancelled else {
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
