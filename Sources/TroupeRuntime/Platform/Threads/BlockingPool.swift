/// Threads for short work that blocks, such as the calls of a file system, so that it does not keep
/// the threads that tasks share; and for the tasks of which such calls are a part.
///
/// Threads are started when there is more to do than threads that have nothing to do, up to a
/// limit of calls and one of tasks; what comes beyond them waits its turn. A thread without work ends
/// after a while.
///
/// As a task executor it spares such tasks two hand-overs a call, each of which may take as long as
/// the call: what a task waits for is called by the thread that ran it, and goes on there. Tasks take
/// turns as they come, whatever their priority. Where those that run block, others have theirs after
/// a while all the same.
package final class BlockingPool: Sendable {
  /// The threads for all the files of this process.
  package static let files = BlockingPool(limit: 64, patience: .seconds(5))

  private let state: Monitor<State>
  private let patience: Duration
  private let stall: Int32
  private let start: @Sendable (@escaping @Sendable () -> Void) throws(SystemError) -> Void

  /// - Parameters:
  ///   - limit: The most calls that are under way at once.
  ///   - width: The most tasks that run at once; by default as many as there are processors.
  ///   - patience: How long a thread waits for work before it ends.
  ///   - stall: The milliseconds for which no other task must have begun until one more may run than
  ///     the pool is wide.
  ///   - start: Starts a thread, and throws if the system has none to give.
  package init(
    limit: Int, width: Int = ThisProcess.processors, patience: Duration, stall: Int32 = 100,
    start: @escaping @Sendable (@escaping @Sendable () -> Void) throws(SystemError) -> Void = {
      body throws(SystemError) in try BlockingThread.start(body)
    }
  ) {
    state = Monitor(State(limit: limit, width: width))
    (self.patience, self.stall, self.start) = (patience, stall, start)
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
    let result = await handOver { give in
      submitForLater { give(Result { () throws(SystemError) in try work() }) }
    }
    return try result.get()
  }

  /// Has some work done on a thread of the pool; never on the caller's own.
  ///
  /// If the system has no thread to give and the pool has none either, the work is done on one of
  /// those that tasks share: late is better than never.
  package func submit(_ work: @escaping @Sendable () -> Void) {
    summon(state.withLock { $0.add(work) })
  }

  /// Has some work done on a thread of the pool: on the caller's own, as soon as the task on it waits
  /// for something, if that is one of the pool's.
  ///
  /// - Returns: Whether it waits for that.
  @discardableResult
  package func submitForLater(_ work: @escaping @Sendable () -> Void) -> Bool {
    if let worker = Worker.current, worker.putOff(work, for: self) { return true }
    submit(work)
    return false
  }

  /// Sees to it that jobs have their turn that wait behind some that block, until none waits.
  private func watch() {
    var begun = -1
    while let (now, need) = state.withLock({ $0.widen(since: begun) }) {
      summon(need)
      begun = now
      ThisThread.sleep(milliseconds: stall)
    }
  }

  /// Wakes and starts threads.
  private func summon(_ need: State.Need) {
    if need.wakes { state.wakeOne() }
    // Without a thread to be had, the next that waits asks for one again.
    if need.watches, (try? start { self.watch() }) == nil {
      state.withLock { $0.isWatched = false }
    }
    guard need.starts else { return }
    do {
      try start { self.work() }
    } catch {
      let isAlone = state.withLock { state in
        state.couldNotStart()
        return state.threads == 0
      }
      guard isAlone else { return }
      Task.detached {
        while let work = self.state.withLock({ $0.take() }) {
          self.perform(work)
          self.state.withLock { $0.end(work) }
        }
      }
    }
  }

  private func perform(_ work: Work) {
    switch work {
    case .call(let call): call()
    case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
    }
  }

  private func work() {
    let worker = Worker(of: self)
    worker.begin()
    defer { worker.end() }
    var (last, took): (Work?, Duration) = (nil, .zero)
    while let work = nextWork(of: worker, after: last, took) {
      took = ContinuousClock().measure {
        worker.isInJob = work.isJob
        perform(work)
        worker.isInJob = false
      }
      last = work
    }
  }

  /// What a thread does next.
  ///
  /// - Parameters:
  ///   - last: What it did before.
  ///   - took: How long that took.
  private func nextWork(of worker: Worker, after last: Work?, _ took: Duration) -> Work? {
    let own = worker.takeOwn()
    let (atOnce, need) = state.withLock { state in
      if let last { state.end(last) } else { state.began() }
      let work = state.take(own)
      if work == nil { state.idle += 1 }
      return (work, state.claim())
    }
    summon(need)
    if let atOnce { return atOnce }
    if let last, !last.isJob {
      // Whoever is told that a record is durable often has the next one, and waking a thread takes
      // about as long as a quick sync. Many threads that have nothing to do would be in each other's
      // way.
      let isAlone = idle <= 2
      let spinning: Duration =
        isAlone ? max(.microseconds(50), min(took / 2, .microseconds(250))) : .microseconds(50)
      let soon = ThisThread.spin(atMost: spinning) {
        state.withLock { $0.takeWhenIdle() }
      }
      if let soon { return soon }
    }
    return state.wait(atMost: patience) {
      $0.takeWhenIdle()
    } givingUp: { state in
      state.idle -= 1
      state.threads -= 1
    }
  }
}

/// The tasks whose calls are done by the threads that run them.
extension BlockingPool: TaskExecutor {
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    guard let other = Worker.current.map({ $0.keep(job, for: self) }) ?? job else { return }
    summon(state.withLock { $0.add(other) })
  }
}
