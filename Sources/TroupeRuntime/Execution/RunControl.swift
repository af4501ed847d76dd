/// What is wanted of a run from outside, beside its work.
final class RunControl: Sendable {
  private struct State {
    var isStopping = false
    /// What it waits for, if it is to stop because it waits for nothing else.
    var awaited: [Awaiting]?
    var isCancelled = false
    /// Whether it is already being recorded how the run ends or stops.
    var isOver = false
    var error: (any Error)?
    /// Why a ladder has ended the run.
    var abortion: Abortion?
  }

  private let state = Lock(State())

  /// Whether the run is to stop so that it can be resumed: what is given up then is only paused.
  var isStopping: Bool { state.withLock { $0.isStopping || $0.error != nil } }

  /// Whether the run is to end for good.
  var isCancelled: Bool { state.withLock { $0.isCancelled } }

  /// Why the run cannot go on: its journal cannot be written.
  var error: (any Error)? { state.withLock { $0.error } }

  /// Asks the run to stop, unless it was cancelled before.
  func stop() { state.withLock { $0.isStopping = !$0.isCancelled } }

  /// Asks the run to stop because it does nothing but wait, unless something else was wanted
  /// before.
  ///
  /// - Returns: Whether it is to stop because of that.
  func stop(awaiting awaited: [Awaiting]) -> Bool {
    state.withLock { state in
      guard !state.isStopping, !state.isCancelled, !state.isOver, state.error == nil else {
        return false
      }
      state.isStopping = true
      state.awaited = awaited
      return true
    }
  }

  /// What the run waits for, if it stops because it does nothing else.
  var awaited: [Awaiting]? { state.withLock { $0.isStopping ? $0.awaited : nil } }

  /// Asks the run to end for good, unless its end is being recorded already.
  ///
  /// - Parameter record: Records that; called for the first one who asks.
  /// - Returns: Whether it will end because of that.
  @discardableResult
  func cancel(recording record: () -> Void = {}) -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      if !state.isCancelled { record() }
      state.isCancelled = true
      state.isStopping = false
      return true
    }
  }

  /// Why a ladder has ended the run, if one has.
  var abortion: Abortion? { state.withLock { $0.abortion } }

  /// Ends the run for good, unless a ladder has done so already.
  ///
  /// - Parameter record: Records that.
  func abort(_ abortion: Abortion, recording record: () -> Void) {
    state.withLock { state in
      guard state.abortion == nil, !state.isOver else { return }
      record()
      state.abortion = abortion
    }
  }

  /// Takes no further wishes, because the end of the run is about to be recorded.
  ///
  /// - Returns: Whether it is to end for good.
  func close() -> Bool {
    state.withLock { state in
      state.isOver = true
      return state.isCancelled
    }
  }

  /// Lets nobody end the run any more, because it is being undone.
  ///
  /// - Returns: `false` if somebody has asked for its end before.
  func commit() -> Bool {
    state.withLock { state in
      state.isOver = true
      return !state.isCancelled
    }
  }

  /// Says that the run cannot go on.
  func fail(_ error: any Error) {
    state.withLock { if $0.error == nil { $0.error = error } }
  }
}
