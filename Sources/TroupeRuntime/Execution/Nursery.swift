/// Where attempts live that the run may stop waiting for: children of the run's own task group.
///
/// What is started here belongs to the run and not to the step that started it, so that a race, a
/// timeout or a failing neighbour need not wait for work that ignores its cancellation. The run
/// waits for all of it before it returns.
final class Nursery: Sendable {
  typealias Job = @Sendable () async -> Void

  /// What the run's task group is to do next.
  enum Order: Sendable {
    case start(Job)
    case cancelAll
  }

  /// An attempt that has not ended yet.
  struct Live: Sendable {
    let attempt: Event.Attempt
    let address: Address
  }

  private struct State {
    var orders: [Order] = []
    var isClosed = false
    var waiting: CheckedContinuation<Order?, Never>?
    var live: [Int: Live] = [:]
    var started = 0
    var idle: CheckedContinuation<Void, Never>?
  }

  private let state = Lock(State())

  /// Starts an attempt as a child of the run.
  func start(_ attempt: Event.Attempt, at address: Address, _ job: @escaping Job) {
    let number = state.withLock { state in
      state.started += 1
      state.live[state.started] = Live(attempt: attempt, address: address)
      return state.started
    }
    give(
      .start { [self] in
        await job()
        end(number)
      })
  }

  /// The attempts that have not ended yet, in the order of their start.
  var live: [Live] {
    state.withLock { state in state.live.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// Waits until all attempts have ended; does not heed cancellation.
  func untilIdle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        guard !state.live.isEmpty else { return true }
        state.idle = continuation
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  private func end(_ number: Int) {
    let idle = state.withLock { state in
      state.live[number] = nil
      guard state.live.isEmpty else { return nil as CheckedContinuation<Void, Never>? }
      defer { state.idle = nil }
      return state.idle
    }
    idle?.resume()
  }

  /// Cancels everything in the run.
  func cancelAll() { give(.cancelAll) }

  /// Says that nothing more will be started.
  func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waiting = nil }
      return state.waiting
    }
    waiting?.resume(returning: nil)
  }

  /// The next order, as soon as there is one; `nil` when nothing more will come. Does not heed
  /// cancellation: what is started while a run is cancelled must still be looked after.
  func next() async -> Order? {
    await withCheckedContinuation { continuation in
      let order: Order?? = state.withLock { state in
        if !state.orders.isEmpty { return .some(state.orders.removeFirst()) }
        if state.isClosed { return .some(nil) }
        state.waiting = continuation
        return .none
      }
      if let order { continuation.resume(returning: order) }
    }
  }

  private func give(_ order: Order) {
    let waiting = state.withLock { state in
      guard let waiting = state.waiting else {
        state.orders.append(order)
        return nil as CheckedContinuation<Order?, Never>?
      }
      state.waiting = nil
      return waiting
    }
    waiting?.resume(returning: order)
  }
}
