import Troupe

/// Lets a test hold a stage until it says so, and know that the stage has got there.
final class Latch: Sendable {
  private struct State {
    var isOpen = false
    var arrivals = 0
    var held: [CheckedContinuation<Void, Never>] = []
    var watching: [(arrivals: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Lock(State())

  /// Waits until the latch is open; does not heed cancellation.
  func wait() async {
    arrive()
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.held.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  /// Opens the latch for all who wait and who come later.
  func open() {
    let held = state.withLock { state in
      state.isOpen = true
      defer { state.held = [] }
      return state.held
    }
    for continuation in held { continuation.resume() }
  }

  /// Notes that someone has come by.
  func arrive() {
    let watching = state.withLock { state in
      state.arrivals += 1
      let ready = state.watching.filter { $0.arrivals <= state.arrivals }
      state.watching.removeAll { $0.arrivals <= state.arrivals }
      return ready.map(\.continuation)
    }
    for continuation in watching { continuation.resume() }
  }

  /// Waits until so many have come by.
  func untilArrived(_ count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.arrivals < count { state.watching.append((count, continuation)) }
        return state.arrivals >= count
      }
      if isThere { continuation.resume() }
    }
  }
}

/// Waits until the task is cancelled, and for nothing else.
func untilCancelled() async throws {
  let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
  for await _ in stream {}
  continuation.finish()
  throw CancellationError()
}

/// Counts, and notes who was there.
final class Notes: Sendable {
  private let lines = Lock([String]())

  var all: [String] { lines.withLock { $0 } }

  @discardableResult
  func add(_ line: String) -> Int {
    lines.withLock { lines in
      lines.append(line)
      return lines.count
    }
  }
}
