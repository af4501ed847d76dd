/// The runs of a runtime that are under way.
final class LiveRuns: Sendable {
  private struct State {
    var runs: [Int: Execution] = [:]
    var last = 0
    var isStopped = false
    var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  }

  private let state = Lock(State())

  /// Whether no runs begin any more.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Does what a run does, which counts as under way meanwhile.
  func live<Output>(_ run: Execution, _ work: () async -> Output) async -> Output {
    let (number, isStopped) = state.withLock { state in
      state.last += 1
      state.runs[state.last] = run
      return (state.last, state.isStopped)
    }
    if isStopped { run.windDown() }
    let output = await work()
    let waiting = state.withLock { state in
      state.runs[number] = nil
      guard state.runs.isEmpty else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiting = [:] }
      return state.waiting.sorted { $0.key < $1.key }.map(\.value)
    }
    for continuation in waiting { continuation.resume() }
    return output
  }

  /// Lets nothing begin any more, stops the runs that have nothing at work, and after a time the
  /// others; returns when all have ended. Ends that time when the task is cancelled.
  func stop(grace: Duration, clock: any RunClock) async {
    for run in close() { run.windDown() }
    if grace > .zero {
      await withTaskGroup(of: Void.self) { group in
        group.addTask { try? await clock.sleep(until: clock.now + grace) }
        group.addTask { await self.untilOver() }
        await group.next()
        group.cancelAll()
      }
    }
    for run in close() { run.stop() }
    // In a task of its own, because this one may be cancelled and waits all the same.
    await Task { await untilOver() }.value
  }

  /// Lets no runs begin any more, and gives those that are under way.
  private func close() -> [Execution] {
    state.withLock { state in
      state.isStopped = true
      return state.runs.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// Waits until no run is under way, or until the task is cancelled.
  private func untilOver() async {
    let number = state.withLock { state in
      state.last += 1
      return state.last
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          guard !state.runs.isEmpty, !Task.isCancelled else { return true }
          state.waiting[number] = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let continuation = state.withLock { $0.waiting.removeValue(forKey: number) }
      continuation?.resume()
    }
  }
}
