import TroupePlan
import TroupeRuntime

/// The attempts of one run with their times, as its events tell them.
struct RunRecord: Sendable {
  /// One attempt of a stage.
  struct Attempt: Sendable {
    let node: Int
    let visit: Visit
    let member: String?
    /// When the stage could have begun, if a member had been free.
    let ready: Duration
    /// The number of the event that says so.
    let readyEvent: Int
    let start: Duration
    /// When the run had its result, or gave it up.
    var end: Duration
    /// The number of the event that says so.
    var endEvent: Int
    /// When the member was free again.
    var release: Duration
    /// What it cost.
    var cost = 0.0
    /// Whether it was cancelled, or had not ended when the run did.
    var isIdle = true
  }

  /// The attempts in the order in which they started.
  private(set) var attempts: [Attempt] = []
  /// The time from the run's start to its end, without work that did not heed its cancellation.
  private(set) var makespan = Duration.zero
  /// The verdicts of gates, by node and gate.
  private(set) var verdicts: [(node: Int, gate: String, isAccepted: Bool)] = []

  private struct Key: Hashable {
    let address: String
    let attempt: Event.Attempt
  }

  private var queued: [String: (time: Duration, event: Int)] = [:]
  private var places: [Key: Int] = [:]

  init(_ events: [Event], _ succession: Succession) {
    for event in events {
      switch event.kind {
      case .stale, .lingering: break
      default: makespan = event.elapsed
      }
    }
    for event in events { read(event, succession) }
    // Nobody is busy for a run that is over.
    for index in attempts.indices {
      attempts[index].release = min(attempts[index].release, makespan)
    }
  }

  private mutating func read(_ event: Event, _ succession: Succession) {
    switch event.kind {
    case .queued: queued["\(event.address)"] = (event.elapsed, event.sequence)
    case .started(let attempt):
      let key = Key(address: "\(event.address)", attempt: attempt)
      let ready = queued.removeValue(forKey: key.address) ?? (event.elapsed, event.sequence)
      places[key] = attempts.count
      attempts.append(
        Attempt(
          node: event.address.node,
          visit: Visit(event.address, parents: succession.parents), member: attempt.member,
          ready: ready.time, readyEvent: ready.event, start: event.elapsed, end: makespan,
          endEvent: .max, release: makespan))
    case .finished(let attempt, let usage), .failed(let attempt, _, _, let usage):
      end(attempt, event, isIdle: false)
      charge(attempt, event, usage)
    case .gaveUp(let attempt, .timedOut): end(attempt, event, isIdle: false)
    case .gaveUp(let attempt, .cancelled): end(attempt, event, isIdle: true)
    case .stale(let attempt, let usage):
      if let place = place(attempt, event) { attempts[place].release = event.elapsed }
      charge(attempt, event, usage)
    case .judged(let gate, let verdict, _):
      verdicts.append((event.address.node, gate, verdict.isAccepted))
    default: break
    }
  }

  private func place(_ attempt: Event.Attempt, _ event: Event) -> Int? {
    places[Key(address: "\(event.address)", attempt: attempt)]
  }

  private mutating func charge(_ attempt: Event.Attempt, _ event: Event, _ usage: Usage) {
    if let place = place(attempt, event) { attempts[place].cost += usage.cost }
  }

  private mutating func end(_ attempt: Event.Attempt, _ event: Event, isIdle: Bool) {
    guard let place = place(attempt, event) else { return }
    attempts[place].end = event.elapsed
    attempts[place].endEvent = event.sequence
    attempts[place].release = event.elapsed
    attempts[place].isIdle = isIdle
  }
}
