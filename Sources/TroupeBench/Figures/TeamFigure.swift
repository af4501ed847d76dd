import Troupe
import TroupeRuntime
import TroupeSimulation

/// Eight members who do what is asked of one role.
enum TeamFigure {
  private static let worker = Role("worker")
  private static let count = 8
  /// How many ask at once.
  private static let width = 64

  private struct Answering: Agent {
    func perform(_ assignment: Assignment) async throws -> Delivery { .value(1) }
  }

  private static let team = Team {
    for number in 1...count { Member("\(number)", plays: worker) { Answering() } }
  }

  /// A counting semaphore as people write it: who waits is served in order.
  private final class Semaphore: Sendable {
    private struct State {
      var free: Int
      var waiting: [CheckedContinuation<Void, Never>] = []
      var served = 0
    }
    private let state: Lock<State>

    init(_ count: Int) { state = Lock(State(free: count)) }

    func wait() async {
      await withCheckedContinuation { continuation in
        let isFree = state.withLock { state in
          if state.free > 0 {
            state.free -= 1
            return true
          }
          state.waiting.append(continuation)
          return false
        }
        if isFree { continuation.resume() }
      }
    }

    func signal() {
      let next: CheckedContinuation<Void, Never>? = state.withLock { state in
        guard state.served < state.waiting.count else {
          state.free += 1
          return nil
        }
        state.served += 1
        defer { if state.served == state.waiting.count { (state.waiting, state.served) = ([], 0) } }
        return state.waiting[state.served - 1]
      }
      next?.resume()
    }
  }

  /// A bare call of an agent behind a semaphore, from so many tasks at once.
  private static func bare(_ size: Int, _ assignment: Assignment) async throws {
    let semaphore = Semaphore(count)
    let agent: any Agent = Answering()
    try await atOnce(size) {
      await semaphore.wait()
      _ = try await agent.perform(assignment)
      semaphore.signal()
    }
  }

  private static func atOnce(
    _ size: Int, _ work: @escaping @Sendable () async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<width {
        group.addTask {
          for _ in stride(from: number, to: size, by: width) { try await work() }
        }
      }
      try await group.waitForAll()
    }
  }

  private static let assignment = Assignment(
    address: "bench", role: worker, prompt: "", idempotencyKey: "")

  /// Finding a member and giving it back, per assignment, against a call behind a semaphore.
  static func dispatch(_ size: Int, rounds: Int) async throws -> Result {
    let dispatcher = Dispatcher(team, clock: SystemClock())
    let times = try await inTurns(rounds: rounds, per: size) {
      try await bare(size, assignment)
    } _: {
      try await atOnce(size) {
        let ask = Ask(worker.id)
        let lease: Lease
        if let free = dispatcher.tryAcquire(ask) {
          lease = free
        } else {
          lease = try await dispatcher.acquire(ask)
        }
        _ = try await dispatcher.agent(of: lease).perform(assignment)
        _ = dispatcher.release(lease, .done)
      }
    }
    return Result(
      name: "dispatch", size: size, unit: .nanoseconds, baseline: times.baseline,
      measured: times.measured, hold: 3)
  }

  private struct Asking: Workflow {
    let input = Artifact<[Int]>("numbers")
    let output = Artifact<[Int]>("answers")
    var body: some Step {
      FanOut(over: input, into: output, atMost: width) { number, answer in
        Stage("ask", by: worker, reads: number, writes: answer) { _ in "" }
      }
    }
  }

  /// The whole way of an assignment in a run, against a call behind a semaphore.
  static func assign(_ size: Int, rounds: Int) async throws -> Result {
    let program = try Asking().compile()
    let runtime = Runtime(team: team)
    let list = Array(0..<size)
    let times = try await inTurns(rounds: rounds, per: size) {
      try await bare(size, assignment)
    } _: {
      _ = try await runtime.run(program, input: list)
    }
    return Result(
      name: "assign", size: size, unit: .nanoseconds, baseline: times.baseline,
      measured: times.measured, hold: 40)
  }

  /// What one assignment went through, on virtual time.
  private struct Trip: Sendable {
    let isUrgent: Bool
    let waited: Duration
    let took: Duration
    let ended: Duration
  }

  /// Assignments for members of unequal speed, all there at once, every tenth of them urgent.
  private static func trips(_ size: Int) async throws -> [Trip] {
    let speeds: [String: Int] = Dictionary(
      uniqueKeysWithValues: zip((1...count).map(String.init), [1, 2, 3, 5, 8, 13, 21, 34]))
    let time = VirtualTime(seed: 1, patience: .seconds(1))
    let dispatcher = Dispatcher(team, clock: time.clock)
    let (trips, _) = await time.run { () async -> [Trip] in
      await withTaskGroup(of: Trip?.self) { group in
        for number in 0..<size {
          group.addTask {
            let isUrgent = number.isMultiple(of: 10)
            let ask = Ask(worker.id, priority: isUrgent ? 1 : 0)
            guard let lease = try? await dispatcher.acquire(ask) else { return nil }
            let began = time.clock.now
            let took = Duration.milliseconds(1_000 / (speeds[lease.member.name] ?? 1))
            try? await time.clock.sleep(until: began + took)
            _ = dispatcher.release(lease, .done)
            return Trip(isUrgent: isUrgent, waited: began, took: took, ended: time.clock.now)
          }
        }
        return await group.compactMap(\.self).reduce(into: []) { $0.append($1) }
      }
    }
    return trips ?? []
  }

  /// How long members of unequal speed have nothing to do until the last of them is done, in
  /// percent.
  static func idle(_ size: Int) async throws -> Result {
    let trips = try await trips(size)
    let end = trips.map(\.ended).max() ?? .zero
    let busy = trips.reduce(Duration.zero) { $0 + $1.took }
    return Result(
      name: "idle", size: size, unit: .percent, baseline: nil,
      measured: 100 * (1 - busy / (end * count)), hold: 1)
  }

  /// How long the urgent wait for a member on average, against the others.
  static func urgent(_ size: Int) async throws -> Result {
    let trips = try await trips(size)
    func wait(_ isUrgent: Bool) -> Double {
      let some = trips.filter { $0.isUrgent == isUrgent }
      return some.reduce(0) { $0 + $1.waited.nanosecondCount / 1e6 } / Double(max(some.count, 1))
    }
    return Result(
      name: "urgent", size: size, unit: .milliseconds, baseline: wait(false),
      measured: wait(true), hold: 0.2)
  }
}
