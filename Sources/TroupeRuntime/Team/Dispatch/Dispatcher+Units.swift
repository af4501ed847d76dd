/// How a dispatcher finds units for the assignments of pools.
extension Dispatcher {
  /// The units of each member, of which those are made that stay.
  static func units(of team: Team) -> [Units?] {
    guard team.members.contains(where: { $0.pool != nil }) else { return [] }
    return team.members.map { $0.pool.map(Units.init) }
  }

  /// Who does the work of a lease: the member's agent, or that of its unit.
  package func agent(of lease: Lease) -> any Agent {
    guard lease.unit > 0 else { return lease.member.agent }
    return units[lease.index]?.agent(of: lease.unit) ?? lease.member.agent
  }

  /// Checks that the units that have been made can do work.
  func validateUnits() throws(TeamMismatch) {
    let problems = units.compactMap { $0?.problem }
    if !problems.isEmpty { throw TeamMismatch(problems: problems) }
  }

  /// The lease with a unit, if its member has a pool.
  func withUnit(_ lease: Lease) -> Lease {
    guard !units.isEmpty, let units = units[lease.index] else { return lease }
    var lease = lease
    lease.unit = units.take(for: lease.number, at: clock.now)
    return lease
  }

  /// Gives the unit of a lease back, before its member is: whoever gets the member finds a unit.
  func releaseUnit(of lease: Lease, _ outcome: Lease.Outcome) {
    guard lease.unit > 0 else { return }
    units[lease.index]?.release(lease.unit, outcome, at: clock.now)
  }

  /// Notes that the work of the unit of a lease took too long.
  func noteUnitTimeout(of lease: Lease) {
    guard lease.unit > 0 else { return }
    units[lease.index]?.noteTimeout(lease.unit, of: lease.number, at: clock.now)
  }
}
