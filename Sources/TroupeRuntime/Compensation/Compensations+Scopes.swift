import TroupePlan

/// What is to be undone of what was given up.
extension Compensations {
  /// A compensation that is to be performed.
  struct Due: Sendable {
    let work: Work
    /// Where it takes place.
    let address: Address
    /// Whether it is the one of finished work.
    let isFinished: Bool
  }

  /// That a place was given up before, on the same occasion.
  func mark(_ place: String, _ take: Int?) -> Mark? {
    state.withLock { $0.marks.first { $0.place == place && $0.take == take } }
  }

  /// Notes that a place was given up.
  func note(_ mark: Mark) {
    state.withLock { state in
      state.marks.append(mark)
      state.revision += 1
    }
  }

  /// Another number whenever something has happened that may change what is due.
  var revision: Int { state.withLock { $0.revision } }

  /// What is still to be undone of what was given up, in the order in which that is done: what is
  /// unfinished, and then what was finished last before what was finished first.
  ///
  /// - Parameter marks: What was given up; all that ever was if there is none.
  func due(in marks: [Mark]?) -> [Due] {
    let (works, ended) = state.withLock { state in
      let marks = marks ?? state.marks
      return (
        state.works.values.filter { work in marks.contains { $0.covers(work) } }, state.ended
      )
    }
    return works.compactMap { due($0, ended) }.sorted { left, right in
      (left.work.finished ?? .max, left.work.began) > (
        right.work.finished ?? .max, right.work.began
      )
    }
  }

  private func due(_ work: Work, _ ended: [String: End]) -> Due? {
    guard let policy = policy(of: work.stage.node) else { return nil }
    let isFinished = work.finished != nil && (!work.isStale || policy.finished != nil)
    if work.finished == nil, work.wasNotDone { return nil }
    guard let address = address(of: work.stage, take: work.take, isFinished: isFinished),
      ended[address.description] == nil
    else { return nil }
    return Due(work: work, address: address, isFinished: isFinished)
  }

  /// Whether anything was begun in a place.
  func hasBegun(in place: String) -> Bool {
    let mark = Mark(place: place, take: nil, record: .max)
    return state.withLock { $0.works.values.contains(where: mark.covers) }
  }

  /// Whether something would be undone if all of the run were given up.
  var hasWork: Bool {
    let (works, ended) = state.withLock { ($0.works.values.map(\.self), $0.ended) }
    return works.contains { due($0, ended) != nil }
  }

  /// Notes that a compensation has come to its end.
  ///
  /// - Parameter reason: Why it has failed for good, if it has.
  func end(_ compensation: Address, because reason: String?) {
    state.withLock { $0.ended[compensation.description] = End(reason: reason) }
  }

  /// What was given up and could not be undone, in the order in which it was done.
  var uncompensated: [Uncompensated] {
    let (works, marks, ended) = state.withLock { ($0.works, $0.marks, $0.ended) }
    return works.values.filter { work in marks.contains { $0.covers(work) } }
      .sorted { ($0.finished ?? .max, $0.began) < ($1.finished ?? .max, $1.began) }
      .compactMap { uncompensated($0, ended) }
  }

  private func uncompensated(_ work: Work, _ ended: [String: End]) -> Uncompensated? {
    guard let policy = policy(of: work.stage.node) else { return nil }
    let place = work.stage.description + (work.take > 1 ? "~\(work.take)" : "")
    for isFinished in [true, false] {
      guard let address = address(of: work.stage, take: work.take, isFinished: isFinished),
        let reason = ended[address.description]?.reason
      else { continue }
      return Uncompensated(address: place, reason: .failed(reason))
    }
    let isInDoubt = policy.unfinished == nil && work.finished == nil && work.isInDoubt
    return isInDoubt ? Uncompensated(address: place, reason: .inDoubt) : nil
  }
}

/// Waiting, and being interrupted.
extension Compensations {
  /// Whether work that was given up is still under way.
  func isLive(in marks: [Mark]) -> Bool { state.withLock { $0.isLive(in: marks) } }

  /// Waits until the attempts have ended that were given up, or until the task is cancelled.
  func untilEnded(in marks: [Mark]) async {
    while isLive(in: marks), !Task.isCancelled {
      let number = state.withLock { state in
        state.next += 1
        return state.next
      }
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isOver = state.withLock { state in
            guard state.isLive(in: marks), !Task.isCancelled else { return true }
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

  /// Stops undoing, so that it goes on when the run is resumed.
  func interrupt() {
    let tasks = state.withLock { state in
      state.isInterrupted = true
      return state.tasks.sorted { $0.key < $1.key }.map(\.value)
    }
    for task in tasks { task.cancel() }
  }

  /// Whether nothing more is undone in this process.
  var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

  /// Lets work be interrupted by nothing but `interrupt`.
  func shield(_ executor: (any TaskExecutor)?, _ work: @escaping @Sendable () async -> Bool) async
    -> Bool
  {
    let task = Task(executorPreference: executor) { await work() }
    let (number, isInterrupted) = state.withLock { state in
      state.next += 1
      state.tasks[state.next] = task
      return (state.next, state.isInterrupted)
    }
    if isInterrupted { task.cancel() }
    defer { state.withLock { $0.tasks[number] = nil } }
    return await task.value
  }
}

extension Compensations.State {
  fileprivate func isLive(in marks: [Compensations.Mark]) -> Bool {
    works.values.contains { work in !work.live.isEmpty && marks.contains { $0.covers(work) } }
  }
}
