package import TroupePlan

/// Gives assignments to members, and lets wait who asks for one while nobody is free.
///
/// A member is free who plays the role, has capacity left, gets all the resources that it needs,
/// keeps its rate, and is not suspended by its breaker. Of several free ones the team's strategy
/// decides. Who waits is served by priority, and within one in the order of arrival; who cannot be
/// served does not hold up those behind.
package final class Dispatcher: Sendable {
  private let roster: Roster
  let clock: any RunClock
  private let state: Lock<DispatcherState>
  /// The units of each member, by its place in the team; empty if no member has a pool.
  let units: [Units?]
  /// Whether somebody is to be told who has done related work.
  package let usesAffinity: Bool

  package init(_ team: Team, clock: any RunClock) {
    let roster = Roster(team)
    self.roster = roster
    self.clock = clock
    usesAffinity =
      team.strategy == .affinity || team.strategies.values.contains(.affinity)
    state = Lock(DispatcherState(roster))
    units = Self.units(of: team)
  }

  /// How many members play a role and are not excluded.
  package func candidates(for role: Role.ID, excluding excluded: Set<Int>) -> Int {
    roster.players(of: role).count { !excluded.contains($0) }
  }

  /// The place of a member in the team, if there is one of that name who plays the role.
  package func index(of name: String, playing role: Role.ID) -> Int? {
    roster.players(of: role).first { roster.members[$0].name == name }
  }

  /// The names of all people of the team.
  var people: [String] { roster.members.filter(\.isPerson).map(\.name) }

  /// The people who play a role.
  func people(for role: Role.ID) -> [Int] { roster.people(of: role) }

  /// The members who play a role and are no people.
  func machines(for role: Role.ID) -> [Int] {
    roster.players(of: role).filter { !roster.members[$0].isPerson }
  }

  /// The name of a member.
  func name(of index: Int) -> String { roster.members[index].name }

  /// How members are chosen for a role.
  package func strategy(for role: Role.ID) -> Team.Strategy { roster.strategy(role) }

  /// Whether a member is suspended by its breaker, or on trial.
  package func isSuspended(_ member: Int) -> Bool {
    guard roster.members[member].breaker != nil else { return false }
    let now = now
    return state.withLock { $0.isSuspended(member, at: now) }
  }

  /// A member who is free at once, or `nil`.
  package func tryAcquire(_ ask: Ask) -> Lease? {
    let now = now
    let (calls, lease) = state.withLock { state in
      // Somebody may wait for an instant that has come, and not have noticed it.
      let calls = dependsOnTime ? state.serveAll(at: now) : []
      return (calls, state.take(ask, at: now))
    }
    resume(calls)
    return lease.map(withUnit)
  }

  /// A member, as soon as one is free.
  ///
  /// - Throws: `CancellationError` when the task is cancelled while it waits.
  package func acquire(_ ask: Ask) async throws -> Lease {
    let now = now
    let (id, calls) = state.withLock { state in
      let calls = dependsOnTime ? state.serveAll(at: now) : []
      return (state.enroll(ask, at: now), calls)
    }
    resume(calls)
    var wake = await park(id)
    while true {
      switch wake {
      case .granted(let lease):
        guard Task.isCancelled else { return withUnit(lease) }
        _ = release(lease, .unused)
        throw CancellationError()
      case .cancelled:
        setAlarm()
        throw CancellationError()
      case .keepTime(let instant): wake = await keepTime(id, until: instant)
      }
    }
  }

  /// Gives a member back, and serves whoever waits for it.
  ///
  /// - Returns: What that means for the member, if it changes anything.
  package func release(_ lease: Lease, _ outcome: Lease.Outcome) -> Standing? {
    releaseUnit(of: lease, outcome)
    let now = now
    let (standing, calls) = state.withLock { $0.release(lease, outcome, at: now) }
    resume(calls)
    return standing
  }

  /// Notes that work took too long, which may go on and keeps its member.
  ///
  /// - Returns: What that means for the member, if it changes anything.
  package func noteTimeout(_ lease: Lease) -> Standing? {
    noteUnitTimeout(of: lease)
    guard lease.member.breaker != nil else { return nil }
    let now = now
    let standing = state.withLock { $0.noteFailure(lease, at: now) }
    setAlarm()
    return standing
  }

  private var dependsOnTime: Bool { roster.dependsOnTime }

  private var now: Duration { dependsOnTime ? clock.now : .zero }

  private func resume(_ calls: [DispatcherState.Call]) {
    for call in calls { call.continuation.resume(returning: call.wake) }
  }
}

/// How one of those who wait looks after the instants at which time alone makes a member free.
extension Dispatcher {
  /// Waits until there is something to be told.
  private func park(_ id: Int) async -> DispatcherState.Wake {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let now = now
        resume(state.withLock { $0.park(id, continuation, at: now) })
      }
    } onCancel: {
      // Only this task itself may be resumed here: resuming a task takes a lock that is held while
      // its handlers run.
      if let own = state.withLock({ $0.cancel(id) }) { own.resume(returning: .cancelled) }
    }
  }

  /// Waits like `park`, and serves those who wait whenever their time has come.
  private func keepTime(_ id: Int, until first: Duration) async -> DispatcherState.Wake {
    let wake = await withTaskGroup(of: DispatcherState.Wake?.self) { group in
      group.addTask { await self.park(id) }
      var instant: Duration? = first
      while true {
        if let instant {
          group.addTask { [clock] in
            try? await clock.sleep(until: instant)
            return nil
          }
        }
        guard let event = await group.next() else { return DispatcherState.Wake.cancelled }
        if let wake = event {
          if case .keepTime(let next) = wake {
            // Asked anew while it still does so.
            group.addTask { await self.park(id) }
            instant = next
            continue
          }
          group.cancelAll()
          return wake
        }
        instant = Task.isCancelled ? nil : tick(id)
      }
    }
    state.withLock { $0.stopKeeping(id) }
    setAlarm()
    return wake
  }

  /// Serves those whose time has come.
  ///
  /// - Returns: When to do so again; `nil` if somebody else will.
  private func tick(_ keeper: Int) -> Duration? {
    let now = now
    let (calls, next) = state.withLock { $0.tick(keeper, at: now) }
    resume(calls)
    return next
  }

  /// Asks one of those who wait to look after time, if nobody does.
  private func setAlarm() {
    guard dependsOnTime else { return }
    let now = now
    if let call = state.withLock({ $0.setAlarm(at: now) }) { resume([call]) }
  }
}
