/// What has happened in a run so far, in order, for any number of readers.
package final class EventLog: Sendable {
  private struct State {
    var events: [Event] = []
    var isClosed = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
    var nextReader = 0

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

  /// Adds an event and gives its number.
  @discardableResult
  package func append(_ kind: Event.Kind, at address: Address) -> Int {
    let elapsed = elapsed
    let (sequence, readers) = state.withLock { state in
      let sequence = state.events.count + 1
      state.events.append(
        Event(sequence: sequence, elapsed: elapsed, address: address, kind: kind))
      return (sequence, state.takeReaders())
    }
    for reader in readers { reader.resume() }
    return sequence
  }

  /// Adds two events that happened at the same moment and gives the first one's number.
  package func append(
    _ kind: Event.Kind, at address: Address, then second: Event.Kind, at other: Address
  ) -> Int {
    let elapsed = elapsed
    let (sequence, readers) = state.withLock { state in
      let sequence = state.events.count + 1
      state.events.append(
        Event(sequence: sequence, elapsed: elapsed, address: address, kind: kind))
      state.events.append(
        Event(sequence: sequence + 1, elapsed: elapsed, address: other, kind: second))
      return (sequence, state.takeReaders())
    }
    for reader in readers { reader.resume() }
    return sequence
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
  package var events: [Event] { state.withLock { $0.events } }

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
