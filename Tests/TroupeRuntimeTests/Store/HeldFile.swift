import Troupe

@testable import TroupeRuntime

/// A file in memory of which the test says when a commit begins and how it ends.
final class HeldFile: AppendingFile {
  private struct State {
    var content: [UInt8] = []
    var commits = 0
    var isClosed = false
    var batch: (@Sendable () -> [UInt8])?
    var isAwaited: (@Sendable () -> Bool)?
    var done: (@Sendable (Result<Void, SystemError>) -> Void)?
  }

  private let state: Lock<State>
  /// Whether a commit takes no time: it is over before the call for it has returned.
  private let isInstant: Bool

  init(_ content: [UInt8] = [], isInstant: Bool = false) {
    state = Lock(State(content: content))
    self.isInstant = isInstant
  }

  var content: [UInt8] { state.withLock { $0.content } }
  /// How many commits were asked for.
  var commits: Int { state.withLock { $0.commits } }
  /// Whether somebody waits for what the commit that is under way has not taken yet.
  var isAwaited: Bool { state.withLock { $0.isAwaited }?() ?? false }
  var isClosed: Bool { state.withLock { $0.isClosed } }

  func commit(
    _ batch: @escaping @Sendable () -> [UInt8],
    isAwaited: @escaping @Sendable () -> Bool,
    then done: @escaping @Sendable (Result<Void, SystemError>) -> Void
  ) {
    state.withLock { state in
      precondition(state.done == nil, "there is at most one commit at a time")
      state.commits += 1
      (state.batch, state.isAwaited, state.done) = (batch, isAwaited, done)
    }
    if isInstant { sync() }
  }

  func close() {
    state.withLock { state in
      precondition(state.done == nil && !state.isClosed)
      state.isClosed = true
    }
  }

  /// Lets the commit begin: what is appended from now on is not in it.
  @discardableResult
  func begin() -> [UInt8] {
    let batch = state.withLock { state in
      defer { state.batch = nil }
      return state.batch
    }
    let bytes = batch?() ?? []
    state.withLock { $0.content += bytes }
    return bytes
  }

  /// Lets the commit end.
  func end(_ result: Result<Void, SystemError> = .success(())) {
    let done = state.withLock { state in
      defer { state.done = nil }
      return state.done
    }
    done?(result)
  }

  /// Lets the commit begin and end well.
  func sync() {
    begin()
    end()
  }
}
