/// Wakes one task when there may be something for it to do.
final class Bell: Sendable {
  private struct State {
    var hasRung = false
    var isClosed = false
    var waiting: CheckedContinuation<Void, Never>?
  }

  private let state = Lock(State())

  /// Wakes the one who waits, or lets the next wait end at once.
  func ring() { wake { $0.hasRung = true } }

  /// Ends all waiting.
  func close() { wake { $0.isClosed = true } }

  /// Waits until the bell has rung since the last time; does not heed cancellation.
  ///
  /// - Returns: `false` once it is closed.
  func next() async -> Bool {
    await withCheckedContinuation { continuation in
      let isReady = state.withLock { state in
        if state.hasRung || state.isClosed { return true }
        state.waiting = continuation
        return false
      }
      if isReady { continuation.resume() }
    }
    return state.withLock { state in
      state.hasRung = false
      return !state.isClosed
    }
  }

  private func wake(_ change: (inout State) -> Void) {
    let waiting = state.withLock { state in
      change(&state)
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }
}
