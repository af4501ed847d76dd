/// The units of a pool: which there are, and which of them are at work.
///
/// They have a lock of their own, so that members without a pool have nothing to do with it. Agents
/// are made outside of it, which may take long. They end inside of it, so that a unit is never made
/// anew beside its predecessor.
final class Units: Sendable {
  private enum Unit {
    /// It has not been made, or has been let go of.
    case absent
    /// It is at work; without an agent, it is being made.
    case busy((any Agent)?)
    case free(any Agent, since: Duration)
  }

  private struct State {
    /// In the order of their numbers, which count from 1, as far as there have been any.
    var units: [Unit]
    /// When those failed, by their places, that have done nothing well since.
    var failures: [Int: Duration] = [:]
    /// The numbers of the leases of those that are at work, by their places, and of which of these
    /// it has been said that it takes too long.
    var leases: [Int: Int] = [:]
    var late: Set<Int> = []
  }

  /// How long a unit that has failed comes after those that have not.
  static let distrust = Duration.seconds(60)

  private let pool: Pool
  private let state: Lock<State>

  /// Makes the units that stay.
  init(_ pool: Pool) {
    self.pool = pool
    let first = (0..<pool.staying).map { place in
      Unit.free(pool.agent(of: place + 1), since: .zero)
    }
    state = Lock(State(units: first))
  }

  /// What keeps one of the units from doing any work, if there is something.
  var problem: String? {
    state.withLock { state in
      state.units.lazy.compactMap { unit -> String? in
        guard case .free(let agent as RefusingAgent, _) = unit else { return nil }
        return agent.reason
      }.first
    }
  }

  /// Puts a unit to work: the first that is free, or else a new one; one that has failed only where
  /// there can be no other. The dispatcher asks for no more than the pool has.
  ///
  /// - Parameter lease: The number of the lease of the member.
  /// - Returns: Its number.
  func take(for lease: Int, at now: Duration) -> Int {
    let (place, isMade) = reserve(for: lease, at: now)
    if !isMade {
      // Nobody else makes it meanwhile, because it is taken.
      let agent = pool.agent(of: place + 1)
      state.withLock { $0.units[place] = .busy(agent) }
    }
    return place + 1
  }

  /// The agent of a unit that is at work.
  func agent(of number: Int) -> (any Agent)? {
    state.withLock { state in
      guard case .busy(let agent) = state.units[number - 1] else { return nil }
      return agent
    }
  }

  /// A unit has ended with its work.
  func release(_ number: Int, _ outcome: Lease.Outcome, at now: Duration) {
    state.withLock { state in
      if case .busy(let agent?) = state.units[number - 1] {
        state.units[number - 1] = .free(agent, since: now)
      }
      let lease = state.leases.removeValue(forKey: number - 1)
      let isLate = lease.flatMap { state.late.remove($0) } != nil
      // What comes too late is used by nobody, and does not make up for it.
      switch isLate ? .givenUp : outcome {
      case .done: state.failures[number - 1] = nil
      case .failed: state.failures[number - 1] = now
      // That says nothing about the unit, or has been said before.
      case .givenUp, .unused: break
      }
      letGo(&state.units, at: now)
    }
  }

  /// The work of a unit took too long; it may go on, or have ended just now.
  func noteTimeout(_ number: Int, of lease: Int, at now: Duration) {
    state.withLock { state in
      state.failures[number - 1] = now
      if state.leases[number - 1] == lease { state.late.insert(lease) }
    }
  }

  /// The place of the unit that is to work next, and whether it has been made.
  private func reserve(for lease: Int, at now: Duration) -> (place: Int, isMade: Bool) {
    state.withLock { state in
      // What has been idle for too long is not used again, however late that is noticed.
      letGo(&state.units, at: now)
      state.failures = state.failures.filter { now - $0.value < Self.distrust }
      let (place, agent) = next(&state)
      state.units[place] = .busy(agent)
      state.leases[place] = lease
      return (place, agent != nil)
    }
  }

  /// The place of the unit that is to work next, and its agent if it has one.
  private func next(_ state: inout State) -> (Int, (any Agent)?) {
    let places = state.units.indices
    for place in places where state.failures[place] == nil {
      if case .free(let agent, _) = state.units[place] { return (place, agent) }
    }
    for place in places where state.failures[place] == nil {
      if case .absent = state.units[place] { return (place, nil) }
    }
    if state.units.count < pool.bounds.upperBound {
      state.units.append(.absent)
      return (state.units.count - 1, nil)
    }
    // Whose failure is the oldest, so that one that is broken does not get all there is again.
    var chosen: (place: Int, agent: (any Agent)?, failed: Duration)?
    for (place, failed) in state.failures where places.contains(place) {
      let agent: (any Agent)?
      switch state.units[place] {
      case .busy: continue
      case .absent: agent = nil
      case .free(let free, _): agent = free
      }
      if let chosen, (chosen.failed, chosen.place) < (failed, place) { continue }
      chosen = (place, agent, failed)
    }
    guard let chosen else {
      state.units.append(.absent)
      return (state.units.count - 1, nil)
    }
    return (chosen.place, chosen.agent)
  }

  /// Lets go of the units above the lower bound that have been without work for long enough.
  private func letGo(_ units: inout [Unit], at now: Duration) {
    for place in units.indices.dropFirst(pool.staying) {
      if case .free(_, let since) = units[place], now - since >= pool.idle {
        units[place] = .absent
      }
    }
  }
}
