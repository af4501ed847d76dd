import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Brings the requests of a run to people and their answers together.
///
/// Whether a request is answered, too late or withdrawn is decided under one lock, in which the
/// record of an answer is also written: what is recorded first holds.
final class Requests: Sendable {
  /// The answer that counts.
  struct Given: Sendable {
    let answering: Event.Answering
    let value: any Sendable
  }

  /// How a request ended.
  enum End: Sendable {
    case answered(Given)
    /// Its own time is over.
    case passed
    case cancelled
  }

  let state = Lock(State())
  let log: EventLog
  let program: Program
  /// Where those who wait do not count; `nil` if nobody counts.
  private let activity: Activity?

  init(_ program: Program, log: EventLog, activity: Activity? = nil) {
    self.program = program
    self.log = log
    self.activity = activity
  }

  /// Makes what was asked as it was before the run was resumed, so that answers can come before the
  /// stages come back to their requests.
  ///
  /// - Throws: `RecordUnreadable` if an answer does not fit what is asked any more.
  func restore(_ recall: Recall, _ addresses: AddressReader) throws(RecordUnreadable) {
    var state = State()
    for (place, history) in recall.nodes {
      for request in history.requests {
        let id = request.asking.request
        guard let address = addresses.address(place), history.isOpen(request), !history.isOverdue,
          !place.placesAround.contains(where: { recall.nodes[String($0)]?.isOver == true })
        else {
          state.settled[id] = .some(request.answering)
          continue
        }
        var open = Open(
          address: address, attempt: request.attempt, asking: request.asking, asked: request.asked)
        open.isRedirected = request.isRedirected
        open.barred = request.authors
        if let answering = request.answering {
          do throws(Inbox.Answer.Unfit) {
            guard let value = try value(answering.answer, address, request.asking.purpose) else {
              throw Inbox.Answer.Unfit("no agent does this work any more")
            }
            open.answer = Given(answering: answering, value: value)
          } catch {
            throw RecordUnreadable(what: "the answer to request '\(id)'", reason: error.reason)
          }
        }
        state.open[id] = open
      }
    }
    self.state.withLock { $0 = state }
  }

  /// What an answer delivers.
  func value(
    _ answer: Inbox.Answer, _ address: Address, _ purpose: Inbox.Purpose
  ) throws(Inbox.Answer.Unfit) -> (any Sendable)? {
    try program.value(of: answer, for: purpose, from: address.node)
  }

  /// Asks, unless that is asked already; then only what has changed since is recorded.
  ///
  /// - Parameters:
  ///   - date: Now.
  ///   - barred: The members to whom it may not be handed on.
  ///   - more: What else the record says.
  /// - Returns: When it was asked first.
  func open(
    _ asking: Event.Asking, _ attempt: Event.Attempt, at address: Address, _ date: Date,
    barred: Set<String> = [], more: [UInt8]
  ) -> Date {
    let (asked, addition): (Date, EventLog.Addition?) = state.withLock { state in
      let known = state.open[asking.request]
      state.open[asking.request]?.barred = barred
      if let known, known.answer != nil || known.asking.isNearly(asking) {
        return (known.asked, nil)
      }
      let flag =
        known?.isRedirected == true ? RecordWriter.members { $0.add("redirected", true) } : []
      let separator = flag.isEmpty || more.isEmpty ? [] : Array(",".utf8)
      let addition = log.add(
        .asked(attempt, asking), at: address, more: flag + separator + more)
      if known == nil {
        state.open[asking.request] = Open(
          address: address, attempt: attempt, asking: asking, asked: date, barred: barred)
      } else {
        state.open[asking.request]?.asking = asking
      }
      return (known?.asked ?? date, addition)
    }
    addition?.tell()
    return asked
  }

  /// Whether nobody waits for a request any more.
  func isSettled(_ request: String) -> Bool {
    state.withLock { $0.settled.keys.contains(request) }
  }

  /// When a request was asked first, if it is open.
  func asked(_ request: String) -> Date? { state.withLock { $0.open[request]?.asked } }

  /// Waits until a request has ended. For the stage that asks alone, and once.
  func end(of request: String) async -> End {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let end: End? = state.withLock { state in
          guard let open = state.open[request] else { return .cancelled }
          if let answer = open.answer, !state.isHeld {
            return settle(request, .answered(answer), &state)
          }
          if let end = open.end { return end }
          state.open[request]?.continuation = continuation
          state.open[request]?.rest = activity?.beginRest(for: open.awaiting)
          return nil
        }
        if let end { continuation.resume(returning: end) } else { activity?.tellIfResting() }
      }
    } onCancel: {
      // The stage itself writes the record of that: nobody may be told of one here.
      let continuation: CheckedContinuation<End, Never>? = state.withLock { state in
        guard let open = state.open[request] else { return nil }
        // What only stops stays open: the stage says if nobody comes back to it.
        state.open[request]?.end = .cancelled
        state.open[request]?.continuation = nil
        if open.continuation != nil, let rest = open.rest { activity?.wake(rest) }
        return open.continuation
      }
      continuation?.resume(returning: .cancelled)
    }
  }

  /// Ends the wait of the stage that asks, if it waits and there is an answer.
  func tell(
    _ request: String, _ state: inout State
  ) -> (CheckedContinuation<End, Never>, End)? {
    guard let open = state.open[request], let answer = open.answer,
      let continuation = open.continuation
    else { return nil }
    if let rest = open.rest { activity?.wake(rest) }
    return (continuation, settle(request, .answered(answer), &state))
  }

  private func settle(_ request: String, _ end: End, _ state: inout State) -> End {
    if case .answered(let given) = end {
      state.settled[request] = .some(given.answering)
      if let open = state.open[request] { state.answered.insert(open.address.description) }
    } else {
      state.settled[request] = .some(nil)
    }
    state.open[request] = nil
    return end
  }

  /// Tells nobody of an answer until `resume`: what comes is kept.
  func hold() { state.withLock { $0.isHeld = true } }

  /// Tells those who wait of the answers that have come.
  func resume() {
    let ends = state.withLock { state in
      state.isHeld = false
      return state.open.keys.sorted().compactMap { tell($0, &state) }
    }
    for (continuation, end) in ends { continuation.resume(returning: end) }
  }

  /// Ends a request whose own time is over, unless it has been answered.
  func pass(_ request: String) {
    let continuation: CheckedContinuation<End, Never>? = state.withLock { state in
      guard let open = state.open[request], open.answer == nil, open.end == nil, !state.isHeld
      else { return nil }
      state.open[request]?.isWithdrawn = true
      state.open[request]?.end = .passed
      state.open[request]?.continuation = nil
      if open.continuation != nil, let rest = open.rest { activity?.wake(rest) }
      return open.continuation
    }
    continuation?.resume(returning: .passed)
  }

  /// Lets no answer count any more inside a step whose time is over.
  ///
  /// - Parameter isOver: Whether it is; where the run itself is given up, what is asked stays open.
  /// - Returns: Whether the step itself has asked, and has its answer.
  func withdraw(inside step: Address, isOver: Bool) -> Bool {
    state.withLock { state in
      for (id, open) in state.open where open.address.isInside(step.description) {
        if open.answer == nil {
          if isOver { state.open[id]?.isWithdrawn = true }
        } else {
          state.answered.insert(open.address.description)
        }
      }
      return state.answered.contains(step.description)
    }
  }

  /// Forgets a request to which nobody comes back.
  func abandon(_ request: String) {
    state.withLock { state in
      guard !state.settled.keys.contains(request) else { return }
      _ = settle(request, .cancelled, &state)
    }
  }

  /// Takes no answers any more.
  func close() { state.withLock { $0.isClosed = true } }
}

extension NodeHistory {
  /// Whether nothing inside of it is waited for any more.
  fileprivate var isOver: Bool { closed != nil || isOverdue || !timedOut.isEmpty }
}

extension Event.Asking {
  /// Whether nothing has changed but the order of a team and the way an instant was found.
  fileprivate func isNearly(_ other: Event.Asking) -> Bool {
    guard purpose == other.purpose, role == other.role,
      Set(members) == Set(other.members)
    else { return false }
    switch (until, other.until) {
    case (nil, nil): return true
    case (let mine?, let others?): return abs(mine.timeIntervalSince(others)) < 60
    default: return false
    }
  }
}
