package import TroupePlan

/// Gives assignments to members: the least loaded who plays the role, and waits for one who is free.
///
/// Whoever waits is served in the order of arrival.
package final class Dispatcher: Sendable {
  /// A member at work on an assignment; it must be given back when the work has really ended.
  package struct Lease: Sendable {
    package let index: Int
    package let member: Member
  }

  private struct Waiter {
    let id: Int
    let role: Role.ID
    let excluded: Set<Int>
    let only: Int?
    let continuation: CheckedContinuation<Lease?, Never>
  }

  private struct State {
    var busy: [Int]
    var waiters: [Waiter] = []
    var nextWaiter = 0
    var cancelled: Set<Int> = []
  }

  private let members: [Member]
  private let state: Lock<State>

  package init(_ team: Team) {
    members = team.members
    state = Lock(State(busy: Array(repeating: 0, count: team.members.count)))
  }

  /// How many members play a role and are not excluded.
  package func candidates(for role: Role.ID, excluding excluded: Set<Int>) -> Int {
    members.indices.count { members[$0].plays(role) && !excluded.contains($0) }
  }

  /// The place of a member in the team, if there is one of that name who plays the role.
  func index(of name: String, playing role: Role.ID) -> Int? {
    members.firstIndex { $0.name == name && $0.plays(role) }
  }

  /// A member who is free at once, or `nil`.
  ///
  /// - Parameter only: The one member that will do, if it must be the same as before.
  package func tryAcquire(
    _ role: Role.ID, excluding excluded: Set<Int>, only: Int? = nil
  ) -> Lease? {
    state.withLock { state in choose(role, excluded, only, &state) }
  }

  /// A member, as soon as one is free.
  ///
  /// - Parameter only: The one member that will do, if it must be the same as before.
  /// - Throws: `CancellationError` when the task is cancelled while it waits.
  package func acquire(
    _ role: Role.ID, excluding excluded: Set<Int>, only: Int? = nil
  ) async throws -> Lease {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    let lease = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let now: Lease?? = state.withLock { state in
          if state.cancelled.remove(id) != nil { return .some(nil) }
          if let lease = choose(role, excluded, only, &state) { return .some(lease) }
          state.waiters.append(
            Waiter(
              id: id, role: role, excluded: excluded, only: only, continuation: continuation))
          return .none
        }
        if let now { continuation.resume(returning: now) }
      }
    } onCancel: {
      let waiter: CheckedContinuation<Lease?, Never>? = state.withLock { state in
        guard let place = state.waiters.firstIndex(where: { $0.id == id }) else {
          state.cancelled.insert(id)
          return nil
        }
        return state.waiters.remove(at: place).continuation
      }
      waiter?.resume(returning: nil)
    }
    state.withLock { state in _ = state.cancelled.remove(id) }
    guard let lease else { throw CancellationError() }
    return lease
  }

  /// Gives a member back, and serves whoever waits for it.
  package func release(_ lease: Lease) {
    let served: (CheckedContinuation<Lease?, Never>, Lease)? = state.withLock { state in
      state.busy[lease.index] -= 1
      for place in state.waiters.indices {
        let waiter = state.waiters[place]
        if let next = choose(waiter.role, waiter.excluded, waiter.only, &state) {
          state.waiters.remove(at: place)
          return (waiter.continuation, next)
        }
      }
      return nil
    }
    if let (continuation, lease) = served { continuation.resume(returning: lease) }
  }

  private func choose(
    _ role: Role.ID, _ excluded: Set<Int>, _ only: Int?, _ state: inout State
  ) -> Lease? {
    var best: Int?
    for index in members.indices {
      let member = members[index]
      guard state.busy[index] < member.capacity, member.plays(role), !excluded.contains(index),
        only == nil || only == index
      else { continue }
      // The smaller of two fractions busy/capacity, without dividing.
      if let known = best,
        state.busy[known] * member.capacity <= state.busy[index] * members[known].capacity
      {
        continue
      }
      best = index
    }
    guard let best else { return nil }
    state.busy[best] += 1
    return Lease(index: best, member: members[best])
  }
}
