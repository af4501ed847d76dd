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

  private struct State {
    var orders: [Order] = []
    /// The orders before this place have been taken.
    var taken = 0
    var isClosed = false
    var waiting: CheckedContinuation<Order?, Never>?
    var live = 0
    var idle: CheckedContinuation<Void, Never>?

    mutating func takeOrder() -> Order? {
      guard taken < orders.count else { return nil }
      defer {
        taken += 1
        if taken == orders.count { (orders, taken) = ([], 0) }
      }
      return orders[taken]
    }
  }

  private let state = Lock(State())

  /// Starts an attempt as a child of the run.
  func start(_ job: @escaping Job) {
    state.withLock { $0.live += 1 }
    give(
      .start { [self] in
        await job()
        end()
      })
  }

  /// Whether all attempts have ended.
  var isIdle: Bool { state.withLock { $0.live == 0 } }

  /// Waits until all attempts have ended; does not heed cancellation.
  func untilIdle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        guard state.live > 0 else { return true }
        state.idle = continuation
        return false
      }
      if isIdle { continuation.resume() }
    }
  }

  private func end() {
    let idle = state.withLock { state in
      state.live -= 1
      guard state.live == 0 else { return nil as CheckedContinuation<Void, Never>? }
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
        if let order = state.takeOrder() { return .some(order) }
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
