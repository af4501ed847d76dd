/// What is wanted of a run from outside, beside its work.
final class RunControl: Sendable {
  private struct State {
    var isStopping = false
    var isCancelled = false
    var error: (any Error)?
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

  /// Asks the run to end for good.
  func cancel() { state.withLock { $0.isCancelled = true } }

  /// Says that the run cannot go on.
  func fail(_ error: any Error) {
    state.withLock { if $0.error == nil { $0.error = error } }
  }
}
