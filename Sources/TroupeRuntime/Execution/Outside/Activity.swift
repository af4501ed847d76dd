/// Counts the tasks of a run that have something to do, so as to find out when it does nothing but
/// wait, or when nothing is left at work in one that is winding down.
///
/// The walk begins as one such task. A step whose children are walked at once hands its place to
/// them: each child counts, the step itself does not while it waits for one, and with the end of a
/// child it takes over that child's place. So there is no moment at which a run seems to wait while
/// one task only has not noticed yet that it is its turn. A wait does not count until it is over or
/// cancelled.
final class Activity: Sendable {
  private struct State {
    var busy = 1
    /// How many of the busy have nothing at work: they pause, queue, or may not begin.
    var held = 0
    var isWindingDown = false
    var last = 0
    /// What is waited for.
    var awaited: [Int: Awaiting] = [:]

    var isIdle: Bool { isWindingDown && busy == held }
  }

  private let state = Lock(State())
  private let stopsWhenWaiting: Bool
  private let onRest: @Sendable () -> Void

  /// - Parameters:
  ///   - stopsWhenWaiting: Whether the run is to stop when it does nothing but wait.
  ///   - onRest: Called when the run is to stop, because nothing is left to do but to wait or
  ///     nothing is at work any more; it may have changed since.
  init(stopsWhenWaiting: Bool, onRest: @escaping @Sendable () -> Void) {
    self.stopsWhenWaiting = stopsWhenWaiting
    self.onRest = onRest
  }

  /// What the run waits for, if it does nothing else and is to stop then; `nil` as long as it has
  /// something to do.
  var awaited: [Awaiting]? {
    guard stopsWhenWaiting else { return nil }
    return state.withLock { state in
      state.busy == 0 ? state.awaited.sorted { $0.key < $1.key }.map(\.value) : nil
    }
  }

  /// Whether nothing may begin any more.
  var isWindingDown: Bool { state.withLock { $0.isWindingDown } }

  /// Whether nothing may begin any more, and nothing is at work.
  var isIdle: Bool { state.withLock { $0.isIdle } }

  /// From now on no attempt begins; the run is to stop when none is at work.
  func windDown() {
    state.withLock { $0.isWindingDown = true }
    tellIfResting()
  }

  /// Does something in which nothing of a busy task is at work: a pause, a place in a queue.
  func idling<Output>(_ work: () async throws -> Output) async rethrows -> Output {
    state.withLock { $0.held += 1 }
    tellIfResting()
    defer { state.withLock { $0.held -= 1 } }
    return try await work()
  }

  /// Holds a task back that is about to begin an attempt, if none may begin any more.
  ///
  /// - Throws: `CancellationError`, when the task is cancelled, which ends the wait.
  func pass() async throws {
    guard isWindingDown else { return }
    await idling {
      let (stream, continuation) = AsyncStream<Never>.makeStream()
      for await _ in stream {}
      continuation.finish()
    }
    throw CancellationError()
  }

  /// A task has something to do.
  func enter() { state.withLock { $0.busy += 1 } }

  /// A task has nothing to do any more.
  func leave() {
    state.withLock { $0.busy -= 1 }
    tellIfResting()
  }

  /// A step is about to have so many children walked at once, and to wait for them; none has begun.
  func split(into children: Int) {
    state.withLock { $0.busy += max(children - 1, 0) }
  }

  /// A step begins to wait for something from outside; gives the number by which it ends that.
  ///
  /// Tells nobody, so that it can be done under a lock; `tellIfResting` is to follow.
  func beginRest(for awaiting: Awaiting) -> Int {
    state.withLock { state in
      state.last += 1
      state.awaited[state.last] = awaiting
      state.busy -= 1
      return state.last
    }
  }

  /// Says so if the run is to stop now.
  func tellIfResting() {
    let isResting = state.withLock { $0.isIdle || stopsWhenWaiting && $0.busy == 0 }
    if isResting { onRest() }
  }

  /// A step has something to do again; to be called by whoever wakes it.
  func wake(_ number: Int) {
    state.withLock { state in
      guard state.awaited.removeValue(forKey: number) != nil else { return }
      state.busy += 1
    }
  }
}

/// A timer that counts as having something to do from when it goes off until whoever set it has
/// noticed.
final class Alarm: Sendable {
  private let activity: Activity?
  private let state = Lock((hasRung: false, isOff: false))

  init(_ activity: Activity?) {
    self.activity = activity
  }

  /// The time is over.
  func ring() {
    state.withLock { state in
      guard !state.hasRung, !state.isOff else { return }
      state.hasRung = true
      activity?.enter()
    }
  }

  /// It has been noticed, or is of no use any more.
  func turnOff() {
    let hasRung = state.withLock { state in
      defer { state.isOff = true }
      return state.hasRung && !state.isOff
    }
    if hasRung { activity?.leave() }
  }
}
