import TroupePlan

/// What a dispatcher knows while it holds its lock.
///
/// Whoever is to be told something is handed back, to be told after the lock has been let go.
struct DispatcherState {
  /// What somebody who waits is told.
  enum Wake: Sendable {
    case granted(Lease)
    case cancelled
    /// To wait on, and to look at an instant who can be served.
    case keepTime(until: Duration)
  }

  /// Something to tell somebody who waits.
  struct Call: Sendable {
    let continuation: CheckedContinuation<Wake, Never>
    let wake: Wake
  }

  private struct Waiter {
    let entry: WaitingList.Entry
    /// How to tell it something; `nil` while it is on its way.
    var continuation: CheckedContinuation<Wake, Never>?
    /// What it got while it was on its way.
    var lease: Lease?
    var keepsTime = false
  }

  private let roster: Roster
  private var loads: [MemberLoad]
  /// How much of each resource is held.
  private var held: [Int]
  /// Who waits, by desk.
  private var lists: [WaitingList]
  private var waiters: [Int: Waiter] = [:]
  /// For each desk the place of the member who got its last assignment.
  private var latest: [Int]
  private var lastWaiter = 0
  private var lastLease = 0
  /// The leases of members with a breaker whose work has not ended, and whether it is known to have
  /// failed all the same.
  private(set) var atWork: [Int: Bool] = [:]
  /// When who can be served is looked at next, and by whom.
  private var alarm: (instant: Duration, keeper: Int)?

  init(_ roster: Roster) {
    self.roster = roster
    loads = roster.members.map(MemberLoad.init)
    held = Array(repeating: 0, count: roster.units.count)
    lists = Array(repeating: WaitingList(), count: roster.desks.count)
    latest = Array(repeating: -1, count: roster.desks.count)
  }

  func isSuspended(_ member: Int, at now: Duration) -> Bool {
    switch loads[member].breaker?.phase {
    case .trying: true
    case .open(let end): end > now
    case .closed, nil: false
    }
  }

  // MARK: Giving and taking back

  /// A member who is free now.
  mutating func take(_ ask: Ask, at now: Duration) -> Lease? {
    let desk = roster.desk(of: ask.role)
    return choose(ask, at: desk, now).map { take($0, at: desk, now) }
  }

  private mutating func take(_ member: Int, at desk: Int, _ now: Duration) -> Lease {
    lastLease += 1
    latest[desk] = member
    for resource in roster.needs[member] { held[resource] += 1 }
    if loads[member].breaker != nil { atWork[lastLease] = false }
    return Lease(
      index: member, roster: roster, number: lastLease, began: now,
      period: loads[member].begin(at: now))
  }

  mutating func release(
    _ lease: Lease, _ outcome: Lease.Outcome, at now: Duration
  ) -> (Standing?, [Call]) {
    loads[lease.index].end(outcome, began: lease.began)
    for resource in roster.needs[lease.index] { held[resource] -= 1 }
    let isKnown = atWork.removeValue(forKey: lease.number) ?? false
    let standing =
      isKnown ? nil : loads[lease.index].note(outcome, began: lease.period, at: now)
    var calls = serve(roster.desksServed[lease.index], at: now)
    if let call = setAlarm(at: now) { calls.append(call) }
    return (standing, calls)
  }

  mutating func noteFailure(_ lease: Lease, at now: Duration) -> Standing? {
    // What has ended already is not remembered.
    if let isKnown = atWork[lease.number] {
      guard !isKnown else { return nil }
      atWork[lease.number] = true
    }
    return loads[lease.index].note(.failed, began: lease.period, at: now)
  }

  // MARK: Choosing

  private func isFree(_ member: Int, at now: Duration) -> Bool {
    guard roster.needs[member].allSatisfy({ held[$0] < roster.units[$0] }),
      case .now = loads[member].readiness(capacity: roster.capacities[member], at: now)
    else { return false }
    return true
  }

  private func choose(_ ask: Ask, at desk: Int, _ now: Duration) -> Int? {
    var best: Int?
    for member in roster.desks[desk].players where ask.allows(member) && isFree(member, at: now) {
      if let known = best, !isBetter(member, than: known, at: desk, ask) { continue }
      best = member
    }
    return best
  }

  private func isBetter(
    _ member: Int, than known: Int, at desk: Int, _ ask: Ask
  ) -> Bool {
    switch roster.desks[desk].strategy {
    case .leastLoaded: break
    case .roundRobin:
      let last = latest[desk]
      func steps(_ place: Int) -> Int { place > last ? place : place + roster.members.count }
      return steps(member) < steps(known)
    case .cheapest:
      let costs = (roster.members[member].cost, roster.members[known].cost)
      if costs.0 != costs.1 { return costs.0 < costs.1 }
    case .affinity:
      let known = ask.acquaintances[known] ?? Acquaintance()
      let own = ask.acquaintances[member] ?? Acquaintance()
      if own != known { return own > known }
    }
    // The smaller of two fractions busy/capacity, without dividing and without an overflow.
    let own = loads[member].busy.multipliedFullWidth(by: roster.members[known].capacity)
    let other = loads[known].busy.multipliedFullWidth(by: roster.members[member].capacity)
    return (own.high, own.low) < (other.high, other.low)
  }

  // MARK: Waiting

  /// Notes that somebody waits, or what it gets at once.
  ///
  /// - Returns: The number by which it is to park.
  mutating func enroll(_ ask: Ask, at now: Duration) -> Int {
    lastWaiter += 1
    let desk = roster.desk(of: ask.role)
    let entry = WaitingList.Entry(id: lastWaiter, ask: ask, desk: desk)
    var waiter = Waiter(entry: entry)
    waiter.lease = take(ask, at: now)
    if waiter.lease == nil { lists[desk].insert(entry) }
    waiters[lastWaiter] = waiter
    return lastWaiter
  }

  mutating func park(
    _ id: Int, _ continuation: CheckedContinuation<Wake, Never>, at now: Duration
  ) -> [Call] {
    guard let waiter = waiters[id] else {
      return [Call(continuation: continuation, wake: .cancelled)]
    }
    if let lease = waiter.lease {
      waiters[id] = nil
      return [Call(continuation: continuation, wake: .granted(lease))]
    }
    waiters[id]?.continuation = continuation
    return setAlarm(at: now).map { [$0] } ?? []
  }

  /// Forgets somebody who waits no longer, unless it has got a member already.
  ///
  /// - Returns: How to tell it.
  mutating func cancel(_ id: Int) -> CheckedContinuation<Wake, Never>? {
    guard let waiter = waiters[id], waiter.lease == nil else { return nil }
    lists[waiter.entry.desk].remove(waiter.entry)
    waiters[id] = nil
    return waiter.continuation
  }

  /// Gives members to those who wait, as far as there are any.
  mutating func serveAll(at now: Duration) -> [Call] {
    guard !waiters.isEmpty else { return [] }
    return serve(Array(lists.indices), at: now)
  }

  private mutating func serve(_ desks: [Int], at now: Duration) -> [Call] {
    guard !waiters.isEmpty else { return [] }
    var calls: [Call] = []
    while let (entry, member) = next(desks, at: now) {
      let lease = take(member, at: entry.desk, now)
      lists[entry.desk].remove(entry)
      if let continuation = waiters[entry.id]?.continuation {
        waiters[entry.id] = nil
        calls.append(Call(continuation: continuation, wake: .granted(lease)))
      } else {
        waiters[entry.id]?.lease = lease
      }
    }
    return calls
  }

  /// Who is to be served next, and by whom.
  private func next(_ desks: [Int], at now: Duration) -> (WaitingList.Entry, Int)? {
    var best: (entry: WaitingList.Entry, member: Int)?
    for desk in desks {
      guard !lists[desk].isEmpty,
        roster.desks[desk].players.contains(where: { isFree($0, at: now) })
      else { continue }
      for entry in lists[desk].waiting {
        if let best, best.entry.isBefore(entry) { break }
        if let member = choose(entry.ask, at: desk, now) {
          best = (entry, member)
          break
        }
      }
    }
    return best
  }

  // MARK: Time

  /// Asks somebody who waits to look after the next instant at which one could be served, unless
  /// somebody does so in time.
  mutating func setAlarm(at now: Duration) -> Call? {
    guard let instant = nextInstant(after: now) else { return nil }
    if let alarm, alarm.instant <= instant { return nil }
    // Any of them will do: who is served or leaves hands it on.
    let parked = waiters.filter { $0.value.continuation != nil && !$0.value.keepsTime }
    guard let keeper = parked.max(by: { $1.value.entry.isBefore($0.value.entry) }),
      let continuation = keeper.value.continuation
    else { return nil }
    waiters[keeper.key]?.continuation = nil
    waiters[keeper.key]?.keepsTime = true
    alarm = (instant, keeper.key)
    return Call(continuation: continuation, wake: .keepTime(until: instant))
  }

  /// An instant has come that somebody looked after.
  ///
  /// - Returns: Whom to tell what, and the next instant if it is to be looked after by the same
  ///   one.
  mutating func tick(_ keeper: Int, at now: Duration) -> ([Call], next: Duration?) {
    let calls = serveAll(at: now)
    stopKeeping(keeper)
    if let waiter = waiters[keeper], waiter.lease == nil, let instant = nextInstant(after: now),
      alarm.map({ instant < $0.instant }) ?? true
    {
      alarm = (instant, keeper)
      waiters[keeper]?.keepsTime = true
      return (calls, instant)
    }
    return (calls + (setAlarm(at: now).map { [$0] } ?? []), nil)
  }

  mutating func stopKeeping(_ keeper: Int) {
    waiters[keeper]?.keepsTime = false
    if alarm?.keeper == keeper { alarm = nil }
  }

  /// The next instant at which time alone makes a member free for whom somebody waits.
  private func nextInstant(after now: Duration) -> Duration? {
    guard roster.dependsOnTime, !waiters.isEmpty else { return nil }
    var next: Duration?
    for desk in lists.indices where !lists[desk].isEmpty {
      for member in roster.desks[desk].players {
        let capacity = roster.capacities[member]
        if case .at(let instant) = loads[member].readiness(capacity: capacity, at: now) {
          next = min(next ?? instant, instant)
        }
      }
    }
    return next
  }
}
