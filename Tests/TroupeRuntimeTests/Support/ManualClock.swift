import Foundation
import Troupe

/// A clock that stands still until a test moves it.
final class ManualClock: RunClock {
  private struct Sleeper {
    let instant: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var now = Duration.zero
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var count = 0
    var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var slept: [Duration] = []
  }

  private let state = Lock(State())

  var now: Duration { state.withLock { $0.now } }
  var date: Date { Date(timeIntervalSince1970: now.seconds) }

  /// How long each sleep was to last, in the order in which they began.
  var sleeps: [Duration] { state.withLock { $0.slept } }

  func sleep(until instant: Duration) async throws {
    let id = state.withLock { state in
      state.count += 1
      state.slept.append(instant - state.now)
      return state.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome: Result<Void, any Error>? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return .failure(CancellationError()) }
          if instant <= state.now { return .success(()) }
          state.sleepers[id] = Sleeper(instant: instant, continuation: continuation)
          return nil
        }
        if let outcome { continuation.resume(with: outcome) }
        wakeWaiting()
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        guard let sleeper = state.sleepers.removeValue(forKey: id) else {
          state.cancelled.insert(id)
          return nil as Sleeper?
        }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Waits until so many tasks sleep.
  func untilSleeping(_ count: Int) async {
    await withCheckedContinuation { continuation in
      state.withLock { $0.waiting.append((count, continuation)) }
      wakeWaiting()
    }
  }

  /// Moves the clock, and wakes those whose time has come, the earliest first.
  func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.now += duration
      let due = state.sleepers.filter { $0.value.instant <= state.now }
        .sorted { ($0.value.instant, $0.key) < ($1.value.instant, $1.key) }
      for (id, _) in due { state.sleepers[id] = nil }
      return due.map(\.value)
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  private func wakeWaiting() {
    let ready = state.withLock { state in
      let ready = state.waiting.filter { $0.count <= state.sleepers.count }
      state.waiting.removeAll { $0.count <= state.sleepers.count }
      return ready.map(\.continuation)
    }
    for continuation in ready { continuation.resume() }
  }
}

/// A clock on which every sleep is over at once, having taken its time.
final class LeapingClock: RunClock {
  private let state = Lock((now: Duration.zero, sleeps: [Duration]()))

  var now: Duration { state.withLock { $0.now } }
  var date: Date { Date(timeIntervalSince1970: now.seconds) }

  /// How long each sleep lasted.
  var sleeps: [Duration] { state.withLock { $0.sleeps } }

  func sleep(until instant: Duration) async throws {
    try Task.checkCancellation()
    state.withLock { state in
      state.sleeps.append(instant - state.now)
      state.now = max(state.now, instant)
    }
  }
}
