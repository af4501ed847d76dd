/// The units of a pool: which there are, and which of them are at work.
///
/// They have a lock of their own, so that members without a pool have nothing to do with it. Agents
/// are made and let go of outside of it, as both is other people's code.
final class Units: Sendable {
  private enum Unit {
    /// It has not been made, or has been let go of.
    case absent
    /// It is at work; without an agent, it is being made.
    case busy((any Agent)?)
    case free(any Agent, since: Duration)
  }

  private let pool: Pool
  /// In the order of their numbers, which count from 1, as far as there have been any.
  private let units: Lock<[Unit]>

  /// Makes the units that stay.
  init(_ pool: Pool) {
    self.pool = pool
    let first = (0..<pool.staying).map { place in
      Unit.free(pool.agent(of: place + 1), since: .zero)
    }
    units = Lock(first)
  }

  /// What keeps one of the units from doing any work, if there is something.
  var problem: String? {
    units.withLock { units in
      units.lazy.compactMap { unit -> String? in
        guard case .free(let agent as RefusingAgent, _) = unit else { return nil }
        return agent.reason
      }.first
    }
  }

  /// Puts a unit to work: the first that is free, or else a new one. The dispatcher asks for no
  /// more than the pool has.
  ///
  /// - Returns: Its number.
  func take(at now: Duration) -> Int {
    let (place, isMade) = reserve(at: now)
    if !isMade {
      // Nobody else makes it meanwhile, because it is taken.
      let agent = pool.agent(of: place + 1)
      units.withLock { $0[place] = .busy(agent) }
    }
    return place + 1
  }

  /// The agent of a unit that is at work.
  func agent(of number: Int) -> (any Agent)? {
    units.withLock { units in
      guard case .busy(let agent) = units[number - 1] else { return nil }
      return agent
    }
  }

  /// A unit has ended with its work.
  func release(_ number: Int, at now: Duration) {
    let idle = units.withLock { units in
      if case .busy(let agent?) = units[number - 1] {
        units[number - 1] = .free(agent, since: now)
      }
      return letGo(&units, at: now)
    }
    withExtendedLifetime(idle) {}
  }

  /// The place of the unit that is to work next, and whether it has been made. When this returns,
  /// the agents have ended that were let go of: a unit is not made anew beside its predecessor.
  private func reserve(at now: Duration) -> (place: Int, isMade: Bool) {
    let (place, isMade, idle) = units.withLock { units in
      // What has been idle for too long is not used again, however late that is noticed.
      let idle = letGo(&units, at: now)
      let (place, agent) = Self.next(&units)
      units[place] = .busy(agent)
      return (place, agent != nil, idle)
    }
    withExtendedLifetime(idle) {}
    return (place, isMade)
  }

  /// The place of the unit that is to work next, and its agent if it has one.
  private static func next(_ units: inout [Unit]) -> (Int, (any Agent)?) {
    for (place, unit) in units.enumerated() {
      if case .free(let agent, _) = unit { return (place, agent) }
    }
    for (place, unit) in units.enumerated() {
      if case .absent = unit { return (place, nil) }
    }
    units.append(.absent)
    return (units.count - 1, nil)
  }

  /// Lets go of the units above the lower bound that have been without work for long enough.
  ///
  /// - Returns: Their agents, which must not end while the lock is held.
  private func letGo(_ units: inout [Unit], at now: Duration) -> [any Agent] {
    var idle: [any Agent] = []
    for place in units.indices.dropFirst(pool.staying) {
      guard case .free(let agent, let since) = units[place], now - since >= pool.idle else {
        continue
      }
      idle.append(agent)
      units[place] = .absent
    }
    return idle
  }
}
