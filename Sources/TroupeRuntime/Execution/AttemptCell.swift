/// One attempt that the run may give up: decides, once, whether it ended or was given up.
///
/// The decision and its record are one step, so that of a completion and a giving up the one whose
/// record comes first holds, and there is no third case.
final class AttemptCell<Output: Sendable>: Sendable {
  /// What an attempt ended with, and the number of its record.
  typealias Completion = Result<(output: Output, record: Int), any Error>

  private enum State {
    case live(waiting: CheckedContinuation<Completion, Never>?)
    case completed(Completion)
    case givenUp(Event.GivingUp)
  }

  private struct Contents {
    var state = State.live(waiting: nil)
    var watcher: CheckedContinuation<Void, Never>?
    var isOver = false
  }

  private let contents = Lock(Contents())

  /// Ends the attempt, if it is still live: `record` writes the record of its end.
  ///
  /// - Returns: Whether the attempt was still live; if not, the caller records it as stale.
  func complete(_ record: () -> Completion) -> Bool {
    let (wasLive, waiting, completion) = contents.withLock { contents in
      guard case .live(let waiting) = contents.state else {
        return (false, nil as CheckedContinuation<Completion, Never>?, nil as Completion?)
      }
      let completion = record()
      contents.state = .completed(completion)
      return (true, waiting, completion)
    }
    if let waiting, let completion { waiting.resume(returning: completion) }
    return wasLive
  }

  /// Gives the attempt up, if it is still live: `record` writes the record of that.
  func giveUp(_ reason: Event.GivingUp, record: () -> Void) {
    let (waiting, watcher) = contents.withLock { contents in
      guard case .live(let waiting) = contents.state else {
        return (
          nil as CheckedContinuation<Completion, Never>?, nil as CheckedContinuation<Void, Never>?
        )
      }
      record()
      contents.state = .givenUp(reason)
      defer { contents.watcher = nil }
      return (waiting, contents.watcher)
    }
    waiting?.resume(returning: .failure(GivenUp(reason: reason)))
    watcher?.resume()
  }

  /// Waits until the attempt has ended or was given up.
  func outcome() async -> Completion {
    await withCheckedContinuation { continuation in
      let now: Completion? = contents.withLock { contents in
        switch contents.state {
        case .live:
          contents.state = .live(waiting: continuation)
          return nil
        case .completed(let completion): return completion
        case .givenUp(let reason): return .failure(GivenUp(reason: reason))
        }
      }
      if let now { continuation.resume(returning: now) }
    }
  }

  /// Waits until the attempt was given up, or the waiting task is cancelled.
  func untilGivenUp() async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = contents.withLock { contents in
          guard case .live = contents.state, !contents.isOver else { return true }
          contents.watcher = continuation
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      let watcher = contents.withLock { contents in
        contents.isOver = true
        defer { contents.watcher = nil }
        return contents.watcher
      }
      watcher?.resume()
    }
  }
}

/// What a step is told whose attempt was given up.
struct GivenUp: Error {
  let reason: Event.GivingUp
}
