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
    units.withLock { units in
      if case .busy(let agent?) = units[number - 1] {
        units[number - 1] = .free(agent, since: now)
      }
      letGo(&units, at: now)
    }
  }

  /// The place of the unit that is to work next, and whether it has been made.
  private func reserve(at now: Duration) -> (place: Int, isMade: Bool) {
    units.withLock { units in
      // What has been idle for too long is not used again, however late that is noticed.
      letGo(&units, at: now)
      let (place, agent) = Self.next(&units)
      units[place] = .busy(agent)
      return (place, agent != nil)
    }
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
  private func letGo(_ units: inout [Unit], at now: Duration) {
    for place in units.indices.dropFirst(pool.staying) {
      if case .free(_, let since) = units[place], now - since >= pool.idle {
        units[place] = .absent
      }
    }
  }
}
