import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Brings the signals of a run and the waits for them together.
///
/// Whether a wait is given a signal, misses it or is cancelled is decided under one lock, in which
/// the record of it is also written: the one whose record comes first holds.
final class Signals: Sendable {
  /// How a wait ended, and the number of the record that says so.
  enum End: Sendable {
    case consumed(any Sendable, record: Int)
    case passed(record: Int)
    case cancelled
  }

  private let state = Lock(State())
  private let log: EventLog
  private let types: [String: ValueType]
  private let root: Address
  /// Where those who wait do not count; `nil` if nobody counts.
  private let activity: Activity?

  init(_ program: Program, log: EventLog, activity: Activity? = nil) {
    self.activity = activity
    self.log = log
    types = program.signals
    root = Address(node: 0, in: nil, plan: program.plan.nodes)
  }

  /// The type of the payload of a signal.
  ///
  /// - Throws: `SignalRefused` if no step waits for the signal.
  func type(of name: String) throws(SignalRefused) -> ValueType {
    guard let type = types[name] else {
      throw SignalRefused(name, .unknown(known: types.keys.sorted()))
    }
    return type
  }

  /// Takes in a signal, unless one with the same identity has come before.
  ///
  /// - Parameter from: Who sent it, if they say.
  /// - Returns: The number of the record that says so; of the latest one if it had come before.
  /// - Throws: `SignalRefused` if the run has ended.
  @discardableResult
  func receive(
    _ name: String, _ payload: any Sendable, json: JSONValue, id: String, from: String? = nil
  ) throws(SignalRefused) -> Int {
    let more = from.map { from in RecordWriter.members { $0.add("by", from) } }
    let outcome: (record: Int, aftermath: Aftermath)? = state.withLock { state in
      if state.queue.hasReceived(id) { return (log.last, Aftermath()) }
      guard !state.isClosed else { return nil }
      let received = log.add(
        .received(signal: name, id: id, payload: json), at: root, more: more)
      state.queue.receive(
        SignalQueue.Arrival(number: received.sequence, name: name, payload: payload), id: id)
      var aftermath = Aftermath(additions: [received])
      serve(name, &state, &aftermath)
      return (received.sequence, aftermath)
    }
    guard let outcome else { throw SignalRefused(name, .ended) }
    outcome.aftermath.happen()
    return outcome.record
  }

  /// Makes the queue as it was before the run was resumed; the waits that were open then are served
  /// in their old order, whoever comes back to them first.
  ///
  /// - Throws: `RecordUnreadable` if a signal's payload does not fit its type any more.
  func restore(
    _ recall: Recall, _ addresses: AddressReader, _ traits: [NodeTraits]
  ) throws(RecordUnreadable) {
    var state = State()
    for id in recall.received.sorted() { state.queue.note(id) }
    for signal in recall.unconsumedSignals {
      guard let type = types[signal.name] else { continue }
      do {
        state.queue.giveBack(
          SignalQueue.Arrival(
            number: signal.number, name: signal.name, payload: try type.decode(signal.payload)))
      } catch {
        throw RecordUnreadable(what: "the payload of signal '\(signal.name)'", error)
      }
    }
    for (place, history) in recall.nodes {
      guard let wait = history.wait, wait.ended == nil, wait.missed == nil, history.closed == nil,
        let name = wait.signal, let address = addresses.address(place)
      else { continue }
      state.waits[wait.opened] = Wait(
        name: name, address: address,
        isDetachable: traits[address.node].contains(.detachable), until: wait.until)
      state.queue.open(wait.opened, for: name)
    }
    self.state.withLock { $0 = state }
  }

  /// Opens a wait, and gives the number by which it is known.
  ///
  /// - Parameter number: That of a wait which was open before the run was resumed. If what was
  ///   recorded of it does not fit a wait for this signal, it is opened anew.
  func open(
    _ name: String, at address: Address, until instant: Date?, isDetachable: Bool,
    again number: Int?
  ) -> Int {
    if let number, state.withLock({ $0.waits[number]?.name == name }) { return number }
    let (wait, aftermath) = state.withLock { state in
      let opened = log.add(.waiting(signal: name, until: instant), at: address)
      let wait = opened.sequence
      state.waits[wait] = Wait(
        name: name, address: address, isDetachable: isDetachable, until: instant)
      state.queue.open(wait, for: name)
      var aftermath = Aftermath(additions: [opened])
      serve(name, &state, &aftermath)
      return (wait, aftermath)
    }
    aftermath.happen()
    return wait
  }

  /// Waits until a wait has ended. For the step that opened it alone, and once.
  func end(of wait: Int) async -> End {
    let end = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let end: End? = state.withLock { state in
          guard let open = state.waits[wait], open.end == nil else { return state.waits[wait]?.end }
          state.waits[wait]?.continuation = continuation
          state.waits[wait]?.rest = activity?.beginRest(for: open.awaiting)
          return nil
        }
        if let end { continuation.resume(returning: end) } else { activity?.tellIfResting() }
      }
    } onCancel: {
      // The step itself writes the record of that: nobody may be told of one here.
      let continuation: CheckedContinuation<End, Never>? = state.withLock { state in
        guard let open = state.waits[wait], open.end == nil else { return nil }
        state.queue.close(wait, for: open.name)
        state.waits[wait]?.end = .cancelled
        if let rest = open.rest { activity?.wake(rest) }
        return open.continuation
      }
      continuation?.resume(returning: .cancelled)
    }
    state.withLock { _ = $0.waits.removeValue(forKey: wait) }
    return end
  }

  /// Closes a wait to which nobody comes back, and gives back what it was given.
  func abandon(_ wait: Int) {
    let aftermath = state.withLock { state in
      var aftermath = Aftermath()
      guard let open = state.waits.removeValue(forKey: wait) else { return aftermath }
      state.queue.close(wait, for: open.name)
      let taken = state.taken.filter { $0.address == open.address }
      for taken in taken {
        let number = taken.arrival.number
        aftermath.additions.append(log.add(.returned(signal: number), at: taken.address))
        state.queue.giveBack(taken.arrival)
      }
      state.taken.removeAll { $0.address == open.address }
      serve(open.name, &state, &aftermath)
      return aftermath
    }
    aftermath.happen()
  }

  /// Ends no wait any more until `resume`: what comes is kept.
  func hold() { state.withLock { $0.isHeld = true } }

  /// Serves the waits that are open, as before the run was resumed or its signals were held.
  func resume() {
    let aftermath = state.withLock { state in
      state.isHeld = false
      var aftermath = Aftermath()
      for name in types.keys.sorted() { serve(name, &state, &aftermath) }
      return aftermath
    }
    aftermath.happen()
  }

  /// Ends a wait whose instant has passed, unless it has ended before.
  func pass(_ wait: Int) {
    let aftermath = state.withLock { state in
      var aftermath = Aftermath()
      guard let open = state.waits[wait], open.end == nil, !state.isHeld else { return aftermath }
      let passed = log.add(.passed, at: open.address)
      state.queue.close(wait, for: open.name)
      end(wait, .passed(record: passed.sequence), &state, &aftermath)
      aftermath.additions.append(passed)
      return aftermath
    }
    aftermath.happen()
  }

  /// Gives back what was taken inside a step after a record that had decided against it.
  func giveBack(inside step: String, after record: Int) {
    let aftermath = state.withLock { state in
      var aftermath = Aftermath()
      for taken in state.taken where taken.address.isInside(step) && taken.record > record {
        let number = taken.arrival.number
        aftermath.additions.append(log.add(.returned(signal: number), at: taken.address))
        state.queue.giveBack(taken.arrival)
        serve(taken.arrival.name, &state, &aftermath)
      }
      state.taken.removeAll { $0.address.isInside(step) }
      return aftermath
    }
    aftermath.happen()
  }

  /// Whether a wait has taken a signal, and not given it back; known of waits that the run may give
  /// up.
  func hasTaken(at address: Address) -> Bool {
    state.withLock { state in state.taken.contains { $0.address == address } }
  }

  /// Takes no further signals.
  ///
  /// - Parameter isEnd: Whether to list those that no wait has taken, because none ever will.
  func close(isEnd: Bool) {
    let aftermath = state.withLock { state in
      state.isClosed = true
      guard isEnd else { return Aftermath() }
      return Aftermath(
        additions: state.queue.unconsumed.map {
          log.add(.unconsumed(signal: $0.number, name: $0.name), at: root)
        })
    }
    aftermath.happen()
  }

  /// Gives signals to waits while there are both.
  private func serve(_ name: String, _ state: inout State, _ aftermath: inout Aftermath) {
    while !state.isHeld, let (wait, arrival) = state.queue.match(for: name),
      let open = state.waits[wait]
    {
      let consumed = log.add(.consumed(signal: arrival.number), at: open.address)
      state.queue.consume(arrival.number, for: name, by: wait)
      if open.isDetachable {
        state.taken.append(
          Taken(record: consumed.sequence, address: open.address, arrival: arrival))
      }
      end(wait, .consumed(arrival.payload, record: consumed.sequence), &state, &aftermath)
      aftermath.additions.append(consumed)
    }
  }

  private func end(
    _ wait: Int, _ end: End, _ state: inout State, _ aftermath: inout Aftermath
  ) {
    guard let continuation = state.waits[wait]?.continuation else {
      state.waits[wait]?.end = end
      return
    }
    if let rest = state.waits[wait]?.rest { activity?.wake(rest) }
    state.waits[wait]?.end = end
    state.waits[wait]?.continuation = nil
    aftermath.ends.append((continuation, end))
  }
}

extension Address {
  /// Whether it is that of a step, or of one inside it.
  func isInside(_ step: String) -> Bool {
    let own = description
    guard own.hasPrefix(step) else { return false }
    let rest = own.dropFirst(step.count).first
    return rest == nil || rest == "/" || rest == "~"
  }
}
