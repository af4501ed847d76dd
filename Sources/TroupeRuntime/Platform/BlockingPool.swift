/// Threads for short work that blocks, such as the calls of a file system, so that it does not keep
/// the threads that tasks share.
///
/// Threads are started when there is more to do than threads that have nothing to do, up to a
/// limit; what comes beyond it waits its turn. A thread without work ends after a while.
package final class BlockingPool: Sendable {
  private struct State {
    /// What is to be done, from `next` on.
    var queue: [@Sendable () -> Void] = []
    var next = 0
    var threads = 0
    var idle = 0

    var waiting: Int { queue.count - next }

    mutating func take() -> (@Sendable () -> Void)? {
      guard next < queue.count else { return nil }
      let work = queue[next]
      next += 1
      if next == queue.count || next > 1_000 {
        queue.removeFirst(next)
        next = 0
      }
      return work
    }

    mutating func takeWhenIdle() -> (@Sendable () -> Void)? {
      let work = take()
      if work != nil { idle -= 1 }
      return work
    }
  }

  /// The threads for all the files of this process.
  package static let files = BlockingPool(limit: 64, patience: .seconds(5))

  private let state = Monitor(State())
  private let limit: Int
  private let patience: Duration

  /// - Parameters:
  ///   - limit: The most threads there are at once.
  ///   - patience: How long a thread waits for work before it ends.
  package init(limit: Int, patience: Duration) {
    self.limit = limit
    self.patience = patience
  }

  /// How many threads there are.
  package var threads: Int { state.withLock { $0.threads } }

  /// How many of them wait for work.
  var idle: Int { state.withLock { $0.idle } }

  /// Does some work on a thread of the pool, and waits for it, whether or not the task is
  /// cancelled.
  package func run<Value: Sendable>(
    _ work: @escaping @Sendable () throws(SystemError) -> Value
  ) async throws(SystemError) -> Value {
    // The result goes through a lock, because the thread sanitizer of Swift 6.3 does not see that
    // what a thread of ours did before it resumes a task comes before what the task does next.
    let result = Lock<Result<Value, SystemError>?>(nil)
    await withCheckedContinuation { continuation in
      submit {
        let done = Result { () throws(SystemError) in try work() }
        result.withLock { $0 = done }
        continuation.resume()
      }
    }
    guard let done = result.withLock({ $0 }) else {
      preconditionFailure("a task was resumed before its work was done")
    }
    return try done.get()
  }

  /// Has some work done on a thread of the pool; never on the caller's own.
  ///
  /// If the system has no thread to give and the pool has none either, the work is done on one of
  /// those that tasks share: late is better than never.
  package func submit(_ work: @escaping @Sendable () -> Void) {
    let (isNeeded, isAwaited) = state.withLock { state in
      state.queue.append(work)
      let isNeeded = state.waiting > state.idle && state.threads < limit
      if isNeeded { state.threads += 1 }
      return (isNeeded, state.idle > 0)
    }
    if isAwaited { state.wakeOne() }
    guard isNeeded else { return }
    do {
      try BlockingThread.start { self.work() }
    } catch {
      let isAlone = state.withLock { state in
        state.threads -= 1
        return state.threads == 0
      }
      guard isAlone else { return }
      Task.detached { while let work = self.state.withLock({ $0.take() }) { work() } }
    }
  }

  private func work() {
    var took = Duration.zero
    while let work = nextWork(after: took) { took = ContinuousClock().measure(work) }
  }

  /// - Parameter last: How long the work before took.
  private func nextWork(after last: Duration) -> (@Sendable () -> Void)? {
    let atOnce = state.withLock { state in
      let work = state.take()
      if work == nil { state.idle += 1 }
      return work
    }
    if let atOnce { return atOnce }
    // Whoever is told that a record is durable often has the next one, and waking a thread takes
    // about as long as a quick sync. Many threads that have nothing to do would be in each other's way.
    let isAlone = idle <= 2
    let spinning: Duration =
      isAlone ? max(.microseconds(50), min(last / 2, .microseconds(250))) : .microseconds(50)
    let soon = ThisThread.spin(atMost: spinning) {
      state.withLock { $0.takeWhenIdle() }
    }
    if let soon { return soon }
    return state.wait(atMost: patience) {
      $0.takeWhenIdle()
    } givingUp: { state in
      state.idle -= 1
      state.threads -= 1
    }
  }
}
