import Testing
import Troupe
import TroupeRuntime
import TroupeSimulation

/// Members at work on virtual time, without a workflow around them.
struct Workplace: Sendable {
  /// An assignment that comes at some time.
  struct Job: Sendable {
    var role: Role = .worker
    var priority = 0
    var arrives = Duration.zero
  }

  /// How an assignment went.
  struct Done: Sendable {
    let job: Int
    let member: String
    let unit: Int
    let arrived: Duration
    let began: Duration
    let ended: Duration
    var standing: Standing?
    var waited: Duration { began - arrived }
  }

  let team: Team
  /// How long a member takes for a job.
  let length: @Sendable (_ job: Int, _ member: String) -> Duration
  /// What becomes of it.
  var outcome: @Sendable (_ job: Int, _ member: String, _ now: Duration) -> Lease.Outcome = {
    _, _, _ in .done
  }

  /// Has all jobs done, and gives them in the order in which they began.
  func run(_ jobs: [Job], seed: UInt64 = 1) async throws -> [Done] {
    let done = Lock<[Done]>([])
    try await onVirtualTime(seed: seed) { time in
      let dispatcher = Dispatcher(team, clock: time.clock)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, job) in jobs.enumerated() {
          group.addTask {
            try await time.clock.sleep(until: job.arrives)
            let ask = Ask(job.role.id, priority: job.priority)
            let lease: Lease
            if let free = dispatcher.tryAcquire(ask) {
              lease = free
            } else {
              lease = try await dispatcher.acquire(ask)
            }
            let began = time.clock.now
            try await time.clock.sleep(until: began + length(number, lease.member.name))
            let ended = time.clock.now
            let standing = dispatcher.release(lease, outcome(number, lease.member.name, ended))
            done.withLock {
              $0.append(
                Done(
                  job: number, member: lease.member.name, unit: lease.unit,
                  arrived: job.arrives, began: began, ended: ended, standing: standing))
            }
          }
        }
        try await group.waitForAll()
      }
    }
    return done.withLock { $0.sorted { ($0.began, $0.job) < ($1.began, $1.job) } }
  }
}

extension Role {
  static let worker = Role("worker")
}

extension [Workplace.Job] {
  /// So many jobs, each a moment after the one before.
  static func inTurn(_ count: Int, role: Role = .worker) -> [Workplace.Job] {
    (0..<count).map { Workplace.Job(role: role, arrives: .microseconds($0)) }
  }
}

extension [Workplace.Done] {
  /// The most that were at work at once, as far as a condition holds.
  func most(where condition: (Workplace.Done) -> Bool = { _ in true }) -> Int {
    let some = filter(condition)
    return some.map { one in some.count { $0.began <= one.began && one.began < $0.ended } }.max()
      ?? 0
  }
}

/// An agent for teams whose agents are never asked.
struct NoAgent: Agent {
  func perform(_ assignment: Assignment) async throws -> Delivery { .text("") }
}
