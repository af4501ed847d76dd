import TroupeRuntime

/// Runs work on a seeded executor and a virtual clock until it has ended.
package struct VirtualTime: Sendable {
  /// How the work went, beside what it gave.
  package enum Course: Sendable, Equatable {
    /// The seed alone decided.
    case deterministic
    /// So many jobs came from outside of the simulation.
    case disturbed(jobs: Int)
    /// The executor was halted: the work is left behind as it stood then.
    case halted
    /// Nothing was ready, nobody waited for the clock, and nothing came from outside: the work was
    /// cancelled, and ended then.
    case stuck
    /// Jobs followed each other without end and without time passing: the work was cancelled, and
    /// ended then.
    case busy
    /// It was stuck or busy, and did not heed the cancellation: it is left behind as it stands.
    case abandoned(wasBusy: Bool)
  }

  package let executor: SeededExecutor
  package let clock = VirtualClock()
  /// How long, in real time, something from outside is waited for.
  let patience: Duration
  /// How long, in real time, work is waited for that is expected to leave the simulation.
  private static let heldPatience = Duration.seconds(600)
  /// The jobs that may run at one instant: many times what real work has.
  private static let jobLimit = 2_000_000

  package init(seed: UInt64, patience: Duration) {
    executor = SeededExecutor(random: SeededGenerator(seed: seed))
    self.patience = patience
  }

  /// Runs work to its end.
  ///
  /// In an unstructured task, because work that can never go on must not keep the test; it has
  /// ended when this returns, unless the course is `abandoned`.
  ///
  /// - Parameters:
  ///   - onDisturbance: Called when jobs have come from outside.
  ///   - onStuck: Called when nothing can go on, before the work is cancelled.
  ///   - work: The work.
  /// - Returns: What the work gave, unless it was abandoned, and how it went.
  package func run<Output: Sendable>(
    onDisturbance: () -> Void = {}, onStuck: () -> Void = {},
    _ work: @escaping @Sendable () async -> Output
  ) async -> (output: Output?, course: Course) {
    let output = Lock<Output?>(nil)
    let task = executor.within {
      Task(executorPreference: executor) {
        let result = await work()
        output.withLock { $0 = result }
      }
    }
    var trouble: Course?
    func end(_ course: Course) {
      trouble = course
      onStuck()
      executor.within { task.cancel() }
    }
    var disturbances = 0
    func noteDisturbance() -> Bool {
      let jobs = executor.outsideJobs
      guard jobs > disturbances else { return false }
      disturbances = jobs
      onDisturbance()
      return true
    }
    await withTaskCancellationHandler {
      while true {
        let isBusy = !executor.runReadyJobs(
          knownOutsideJobs: disturbances, atMost: Self.jobLimit)
        if executor.isHalted || output.withLock({ $0 != nil }) { return }
        if isBusy {
          guard trouble == nil else { return }
          end(.busy)
          continue
        }
        // Before the jobs are run, so that what they belong to is still under way.
        if noteDisturbance() { continue }
        if clock.isLeft, await executor.waitForOutsideJob(atMost: patience) {
          _ = noteDisturbance()
          continue
        }
        if executor.within({ clock.leap() }) { continue }
        let limit = clock.isHeld ? max(patience, Self.heldPatience) : patience
        let hasOutsideJob = await executor.waitForOutsideJob(atMost: limit)
        if noteDisturbance() || hasOutsideJob { continue }
        // A job may have come and gone between the two.
        if output.withLock({ $0 != nil }) { return }
        guard trouble == nil else { return }
        end(.stuck)
      }
    } onCancel: {
      task.cancel()
    }
    if executor.isHalted { return (nil, .halted) }
    guard let output = output.withLock({ $0 }) else {
      return (nil, .abandoned(wasBusy: trouble == .busy))
    }
    if let trouble { return (output, trouble) }
    let jobs = executor.outsideJobs
    return (output, jobs == 0 ? .deterministic : .disturbed(jobs: jobs))
  }
}
