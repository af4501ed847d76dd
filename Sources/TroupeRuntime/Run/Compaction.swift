/// When the journal of a run is to be compacted, and how far it has been.
final class Compaction: Sendable {
  /// The part of a journal that is being written.
  struct Segment: Sendable {
    /// Its number.
    let number: Int
    /// The last record for which the snapshot stands with which it begins; 0 if it begins with
    /// none.
    let snapshot: Int
  }

  private struct State {
    var segment: Segment
    /// From which record on the next snapshot is due.
    var due: Int
    /// The last record of which it is known that it is durable.
    var durable = 0
    var isDue = false
    var isOver = false
    var waiting: CheckedContinuation<Bool, Never>?
  }

  let retention: Retention
  private let interval: Int
  /// The last record that was there before this process opened the run.
  private let past: Int
  private let state: Lock<State>

  /// - Parameter past: The last record that was there before this process opened the run.
  /// - Returns: `nil` if the journal is never compacted.
  init?(_ retention: Retention, _ segment: Segment, past: Int) {
    guard let interval = retention.compactsAfter else { return nil }
    self.retention = retention
    self.interval = interval
    self.past = past
    state = Lock(State(segment: segment, due: segment.snapshot + interval))
  }

  /// The part that is being written.
  var segment: Segment { state.withLock { $0.segment } }

  /// Whether the run has come to its end, so that nothing is to be begun any more.
  var isOver: Bool { state.withLock { $0.isOver } }

  /// Whether so much has been written since the last snapshot that more comes than is compacted;
  /// what an earlier process has left does not say so.
  func isBehind(_ durable: Int) -> Bool {
    state.withLock { durable - max($0.segment.snapshot, past) > 2 * interval }
  }

  /// Records up to this number have become durable.
  func noticed(durable: Int) {
    let waiting: CheckedContinuation<Bool, Never>? = state.withLock { state in
      state.durable = durable
      guard durable >= state.due, !state.isDue else { return nil }
      state.isDue = true
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: true)
  }

  /// Waits until the journal is to be compacted, or until the run is over: `false`.
  func untilDue() async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        if state.isOver { return false }
        if state.isDue { return true }
        state.waiting = continuation
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// An attempt to compact the journal has ended.
  ///
  /// - Parameters:
  ///   - segment: The part that is written from now on; `nil` if it could not be done.
  ///   - last: The last record that there was. What could not be done is tried again much later.
  func ended(_ segment: Segment?, last: Int) {
    state.withLock { state in
      if let segment { state.segment = segment }
      state.due = (segment?.snapshot ?? last) + interval
      // So much may have happened meanwhile that the next one is due already.
      state.isDue = state.durable >= state.due
    }
  }

  /// The run is over.
  func close() {
    let waiting: CheckedContinuation<Bool, Never>? = state.withLock { state in
      state.isOver = true
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: false)
  }
}
