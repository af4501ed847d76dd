import TroupeRuntime

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The clock of a simulation: it stands still while there is work to do, and leaps to the next
/// instant that somebody waits for when there is none.
package final class VirtualClock: RunClock {
  fileprivate struct Sleeper {
    let instant: Duration
    let number: Int
    /// Whether it waits for the wall clock, and so is woken when that is moved.
    var looksAtWall = false
    let continuation: CheckedContinuation<Void, any Error>
  }

  fileprivate struct State {
    var now = Duration.zero
    /// How far the wall clock was moved.
    var shift = Duration.zero
    /// Who waits, the next one last.
    var sleepers: [Sleeper] = []
    var cancelled: Set<Int> = []
    var count = 0
    /// How much work is under way for which time stands still, and whether there ever was any.
    var holds = 0
    var wasHeld = false
    /// How much work is under way that may have left the simulation.
    var outings = 0
  }

  private let state = Lock(State())

  /// What the wall clock says when a simulation begins: 1 January 2030, 09:00 UTC, a Tuesday.
  static let start = Date(timeIntervalSince1970: 1_893_488_400)

  /// The clock of the simulation to which a task belongs.
  @TaskLocal static var current: VirtualClock?

  init() {}

  /// The virtual time since the simulation began.
  package var now: Duration { state.withLock { $0.now } }

  /// The virtual wall-clock time.
  package var date: Date { state.withLock { Self.start + ($0.now + $0.shift).seconds } }

  /// How far the wall clock is from where it began.
  var elapsedByTheWall: Duration { state.withLock { $0.now + $0.shift } }

  /// How many tasks wait.
  var sleepers: Int { state.withLock { $0.sleepers.count } }

  /// Waits until virtual time has reached an instant; other work goes on meanwhile.
  package func sleep(until instant: Duration) async throws {
    try await sleep(until: instant, looksAtWall: false)
  }

  /// Waits until the virtual wall clock has reached an instant; woken in between only when that is
  /// moved.
  package func sleep(untilDate instant: Date) async throws {
    while true {
      try Task.checkCancellation()
      let left = instant.timeIntervalSince(date)
      guard left > 0 else { return }
      // At least so long that it shows in a date, which has no finer fractions.
      try await sleep(until: now + .seconds(max(left, 1e-6)), looksAtWall: true)
    }
  }

  private func sleep(until instant: Duration, looksAtWall: Bool) async throws {
    let number = state.withLock { state in
      state.count += 1
      return state.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
          if instant <= state.now { return .success(()) }
          let sleeper = Sleeper(
            instant: instant, number: number, looksAtWall: looksAtWall, continuation: continuation)
          state.sleepers.insert(sleeper, at: state.place(of: instant, number))
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      let sleeper: Sleeper? = state.withLock { state in
        guard let place = state.sleepers.firstIndex(where: { $0.number == number }) else {
          state.cancelled.insert(number)
          return nil
        }
        return state.sleepers.remove(at: place)
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
    state.withLock { _ = $0.cancelled.remove(number) }
  }

  /// Waits until so much virtual time has passed, also in a task that was cancelled.
  func rest(for duration: Duration) async {
    try? await withCheckedThrowingContinuation { continuation in
      state.withLock { state in
        state.count += 1
        let sleeper = Sleeper(
          instant: state.now + max(duration, .zero), number: state.count,
          continuation: continuation)
        state.sleepers.insert(sleeper, at: state.place(of: sleeper.instant, sleeper.number))
      }
    }
  }

  /// Waits until the task is cancelled.
  func untilCancelled() async {
    let waiting = Lock<(continuation: CheckedContinuation<Void, Never>?, isOver: Bool)>(
      (nil, false))
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = waiting.withLock { waiting in
          if !waiting.isOver { waiting.continuation = continuation }
          return waiting.isOver
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let continuation = waiting.withLock { waiting in
        waiting.isOver = true
        defer { waiting.continuation = nil }
        return waiting.continuation
      }
      continuation?.resume()
    }
  }

  /// Leaps to the next instant that somebody waits for, and wakes everybody who waits for it.
  ///
  /// - Returns: Whether anybody waited, and time may pass.
  func leap() -> Bool {
    let due = state.withLock { state in
      guard state.holds == 0, let next = state.sleepers.last else { return [Sleeper]() }
      state.now = max(state.now, next.instant)
      var due: [Sleeper] = []
      while let sleeper = state.sleepers.last, sleeper.instant <= state.now {
        due.append(state.sleepers.removeLast())
      }
      return due
    }
    for sleeper in due { sleeper.continuation.resume() }
    return !due.isEmpty
  }

  /// Does work that is expected to leave the simulation and come back, and for which time stands
  /// still, so that nothing times out that takes real time.
  func standingStill<Result>(
    for work: () async throws -> sending Result
  ) async rethrows -> sending Result {
    state.withLock { state in
      state.holds += 1
      state.wasHeld = true
    }
    defer { state.withLock { $0.holds -= 1 } }
    return try await work()
  }

  /// Does work that may leave the simulation and come back, for which time passes only after it was
  /// waited for.
  func leaving<Result>(
    for work: () async throws -> sending Result
  ) async rethrows -> sending Result {
    state.withLock { $0.outings += 1 }
    defer { state.withLock { $0.outings -= 1 } }
    return try await work()
  }

  /// Whether work is under way that may have left the simulation.
  var isLeft: Bool { state.withLock { $0.outings > 0 } }

  /// Whether time stands still for work that is under way.
  var isHeld: Bool { state.withLock { $0.holds > 0 } }

  /// Whether time has ever stood still for work.
  var wasHeld: Bool { state.withLock { $0.wasHeld } }

  /// Moves the wall clock, and not the time that passes.
  func moveWallClock(by duration: Duration) {
    let woken = state.withLock { state in
      state.shift += duration
      let woken = state.sleepers.filter(\.looksAtWall)
      state.sleepers.removeAll(where: \.looksAtWall)
      return woken.reversed()
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }
}

extension VirtualClock.State {
  /// Where a sleeper belongs: before those who wait for an earlier instant, or for the same one
  /// longer than it.
  fileprivate func place(of instant: Duration, _ number: Int) -> Int {
    var (low, high) = (0, sleepers.count)
    while low < high {
      let middle = (low + high) / 2
      if (sleepers[middle].instant, sleepers[middle].number) > (instant, number) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low
  }
}
