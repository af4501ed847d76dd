/// One attempt that the run may give up: decides, once, whether it ended or was given up.
///
/// The decision and its record are one step, so that of a completion and a giving up the one whose
/// record comes first holds, and there is no third case.
///
/// Giving up may happen in a cancellation handler, where no other task may be resumed (see
/// `EventLog.Addition`): there the cell only decides and resumes the step whose handler it is, and
/// the step does the rest.
final class AttemptCell<Output: Sendable>: Sendable {
  /// What an attempt ended with, and the number of its record.
  typealias Completion = Result<(output: Output, record: Int), any Error>

  private enum State {
    case live(waiting: CheckedContinuation<Completion, Never>?)
    case ended(Completion)
  }

  private struct Contents {
    var state = State.live(waiting: nil)
    /// What the step is to do once it knows that the attempt was given up.
    var untold: EventLog.Addition?
    var watcher: CheckedContinuation<Void, Never>?
    var isOver = false
  }

  private let contents = Lock(Contents())

  /// Ends the attempt, if it is still live: `record` writes the record of its end.
  ///
  /// - Returns: Whether the attempt was still live; if not, the caller records it as stale.
  func complete(_ record: () -> (Completion, EventLog.Addition)) -> Bool {
    let ended: (CheckedContinuation<Completion, Never>?, Completion, EventLog.Addition)? =
      contents.withLock { contents in
        guard case .live(let waiting) = contents.state else { return nil }
        let (completion, addition) = record()
        contents.state = .ended(completion)
        return (waiting, completion, addition)
      }
    guard let (waiting, completion, addition) = ended else { return false }
    addition.tell()
    waiting?.resume(returning: completion)
    return true
  }

  /// Gives the attempt up, if it is still live: `record` writes the record of that.
  func giveUp(_ reason: Event.GivingUp, record: () -> EventLog.Addition) {
    let (waiting, completion) = contents.withLock { contents in
      guard case .live(let waiting) = contents.state else {
        return (nil as CheckedContinuation<Completion, Never>?, nil as Completion?)
      }
      let addition = record()
      let completion = Completion.failure(GivenUp(reason: reason, record: addition.sequence))
      contents.untold = addition
      contents.state = .ended(completion)
      return (waiting, completion)
    }
    if let waiting, let completion { waiting.resume(returning: completion) }
  }

  /// Waits until the attempt has ended or was given up. For the step alone, and once.
  func outcome() async -> Completion {
    let completion = await withCheckedContinuation { continuation in
      let now: Completion? = contents.withLock { contents in
        if case .ended(let completion) = contents.state { return completion }
        contents.state = .live(waiting: continuation)
        return nil
      }
      if let now { continuation.resume(returning: now) }
    }
    let (untold, watcher) = contents.withLock { contents in
      defer { (contents.untold, contents.watcher) = (nil, nil) }
      return (contents.untold, contents.watcher)
    }
    untold?.tell()
    watcher?.resume()
    return completion
  }

  /// Waits until the step knows that the attempt has ended or was given up, or until the waiting
  /// task is cancelled.
  func untilOver() async {
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
  /// The number of the record that says so.
  let record: Int
}
