import TroupeRuntime

/// Runs the jobs of a simulation one at a time, the next one picked by a seeded generator among
/// those that are ready.
///
/// Child tasks, task groups and default actors inherit an executor preference (SE-0417), so that
/// all jobs of a run come here, in an order that the seed alone decides. Jobs that come from
/// another thread (the main actor, an unstructured task, a real timer) are counted: whoever drives
/// the executor can tell that the run was not deterministic.
package final class SeededExecutor: TaskExecutor {
  fileprivate struct State {
    var ready: [UnownedJob] = []
    var random: SeededGenerator
    /// The thread on which jobs are being run, if one is.
    var driver: UInt?
    var outsideJobs = 0
    var waiting: CheckedContinuation<Void, Never>?
    var isHalted = false
  }

  private let state: Lock<State>

  init(random: SeededGenerator) {
    state = Lock(State(random: random))
  }

  /// Runs no further job, ever.
  func halt() { state.withLock { $0.isHalted = true } }

  /// Whether it was halted.
  var isHalted: Bool { state.withLock { $0.isHalted } }

  /// How many jobs came from outside of the run.
  var outsideJobs: Int { state.withLock { $0.outsideJobs } }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let waiting = state.withLock { state in
      state.ready.append(job)
      if state.driver != ThisThread.id { state.outsideJobs += 1 }
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume()
  }

  /// Does something on behalf of the run, so that the jobs it brings are no outside ones.
  func within<Result>(_ work: () -> Result) -> Result {
    state.withLock { $0.driver = ThisThread.id }
    defer { state.withLock { $0.driver = nil } }
    return work()
  }

  /// Runs jobs until none is ready, or until one more has come from outside than is known.
  ///
  /// - Returns: Whether it ended for one of these, and not because it ran as many as it may.
  func runReadyJobs(knownOutsideJobs known: Int, atMost limit: Int) -> Bool {
    within {
      for _ in 0..<limit {
        guard let job = state.withLock({ $0.outsideJobs > known ? nil : $0.pick() }) else {
          return true
        }
        job.runSynchronously(on: asUnownedTaskExecutor())
      }
      return false
    }
  }

  /// Waits, in real time, for a job from outside.
  ///
  /// - Returns: Whether one came.
  func waitForOutsideJob(atMost limit: Duration) async -> Bool {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.untilReady() }
      group.addTask { try? await Task.sleep(for: limit) }
      await group.next()
      group.cancelAll()
    }
    return state.withLock { !$0.ready.isEmpty }
  }

  private func untilReady() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          guard state.ready.isEmpty, !Task.isCancelled else { return true }
          state.waiting = continuation
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        defer { state.waiting = nil }
        return state.waiting
      }
      waiting?.resume()
    }
  }
}

extension SeededExecutor.State {
  fileprivate mutating func pick() -> UnownedJob? {
    guard !ready.isEmpty, !isHalted else { return nil }
    guard ready.count > 1 else { return ready.removeLast() }
    let index = Int(random.next(upperBound: UInt64(ready.count)))
    ready.swapAt(index, ready.count - 1)
    return ready.removeLast()
  }
}
