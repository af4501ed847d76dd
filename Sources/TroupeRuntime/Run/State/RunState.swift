package import TroupePlan

/// A run as its scope sees it: what happened so far, and its end.
package final class RunState: Sendable {
  private enum State {
    case running(waiting: [Int: CheckedContinuation<Void, Never>])
    case ended(Result<any Sendable, any Error>)
  }

  let execution: Execution
  /// Where the run is kept; `nil` if it leaves nothing behind.
  let store: Store?
  private let state = Lock(State.running(waiting: [:]))
  private let readers = Lock(0)

  init(_ execution: Execution, in store: Store?) {
    self.execution = execution
    self.store = store
  }

  package var id: String { execution.id }
  package var plan: Plan { execution.plan }
  package var events: Events { Events(log: execution.log) }

  /// Cancels everything in the run, for good.
  package func cancel() { execution.cancel() }

  /// Notes how the run ended.
  func end(_ result: Result<any Sendable, any Error>) {
    let waiting = state.withLock { state in
      guard case .running(let waiting) = state else { return [CheckedContinuation<Void, Never>]() }
      state = .ended(result)
      return waiting.sorted { $0.key < $1.key }.map(\.value)
    }
    for continuation in waiting { continuation.resume() }
  }

  /// The run's output, as soon as it has ended.
  package func output() async throws -> any Sendable {
    let reader = readers.withLock { reader in
      reader += 1
      return reader
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard case .running(var waiting) = state, !Task.isCancelled else { return true }
          waiting[reader] = continuation
          state = .running(waiting: waiting)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let continuation = state.withLock { state in
        guard case .running(var waiting) = state else {
          return nil as CheckedContinuation<Void, Never>?
        }
        defer { state = .running(waiting: waiting) }
        return waiting.removeValue(forKey: reader)
      }
      continuation?.resume()
    }
    let result: Result<any Sendable, any Error>? = state.withLock { state in
      if case .ended(let result) = state { result } else { nil }
    }
    guard let result else { throw CancellationError() }
    return try execution.outcome(result)
  }
}

extension Execution {
  /// A run's end as its caller sees it: the output, or what failed with what was achieved.
  func outcome(_ result: Result<any Sendable, any Error>) throws -> any Sendable {
    let isCompensated = compensations?.isEnding == true
    switch result {
    case .success(let output): return output
    case .failure(let failure as Failure):
      throw RunFailure(
        failure: failure, achieved: achieved(failure), events: log.events,
        run: journal == nil || isCompensated ? nil : id, isCompensated: isCompensated,
        uncompensated: compensations?.uncompensated ?? [])
    case .failure(is Cancelled): throw CancellationError()
    case .failure(let error): throw error
    }
  }

  /// What was written before a failure, by name, of the workflow's own scope.
  private func achieved(_ failure: Failure) -> [String: any Sendable] {
    var achieved: [String: any Sendable] = [:]
    for node in plan.nodes {
      guard let slot = layout.write(node.id), let name = node.writes.first?.name,
        layout.isOutermost(slot), let version = failure.kept[slot]
      else { continue }
      achieved[name] = version.value
    }
    return achieved
  }
}
