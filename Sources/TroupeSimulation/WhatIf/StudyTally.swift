import TroupePlan
import TroupeRuntime

/// What the runs of a study come to, run by run.
struct StudyTally: Sendable {
  /// What a role did in all runs together.
  struct Load: Sendable {
    var busy = Duration.zero
    var byMember: [String: Duration] = [:]
    var most = 0
    var queued: [Duration] = []
  }

  /// What a member did in all runs together.
  struct MemberLoad: Sendable {
    var busy = Duration.zero
    var queued: [Duration] = []
    var cost = 0.0
  }

  /// What the critical paths passed through, as sums of shares.
  struct Share: Sendable {
    var byActivity: [CriticalPath.Activity: Double] = [:]
  }

  /// The makespan of each run, in the order of the seeds; `nil` for those that failed.
  private(set) var makespans: [Duration?] = []
  private(set) var failures: [WhatIfReport.FailedRuns] = []
  private(set) var disturbed = 0
  private(set) var loads: [Role.ID: Load] = [:]
  private(set) var members: [String: MemberLoad] = [:]
  private(set) var shares: [Int: Share] = [:]
  private(set) var verdicts: [Gate: (all: Int, rejected: Int)] = [:]

  /// A gate of a node.
  struct Gate: Hashable, Sendable {
    let node: Int
    let name: String
  }

  /// The makespans of the runs that succeeded.
  var succeeded: [Duration] { makespans.compactMap(\.self) }

  /// Adds a run.
  mutating func add(
    _ outcome: Rehearsal.Outcome, seed: Seed, of program: Program, _ succession: Succession
  ) {
    if case .disturbed = outcome.course { disturbed += 1 }
    let record = RunRecord(outcome.events, succession)
    for verdict in record.verdicts {
      let gate = Gate(node: verdict.node, name: verdict.gate)
      verdicts[gate, default: (0, 0)].all += 1
      if !verdict.isAccepted { verdicts[gate, default: (0, 0)].rejected += 1 }
    }
    if let failure = StudyFailure(outcome) {
      makespans.append(nil)
      note(failure, seed)
      return
    }
    makespans.append(record.makespan)
    addLoads(of: record, program.plan)
    guard record.makespan > .zero else { return }
    for part in CriticalPath(of: record, succession).parts {
      shares[part.node, default: Share()].byActivity[part.activity, default: 0] +=
        part.length / record.makespan
    }
  }

  private mutating func note(_ failure: StudyFailure, _ seed: Seed) {
    if let place = failures.firstIndex(where: { $0.reason == failure.reason }) {
      let known = failures[place]
      failures[place] = .init(
        reason: known.reason, advice: known.advice, runs: known.runs + 1, seed: known.seed)
    } else {
      failures.append(
        .init(reason: failure.reason, advice: failure.advice, runs: 1, seed: seed))
    }
  }

  private mutating func addLoads(of record: RunRecord, _ plan: Plan) {
    var changes: [Role.ID: [(time: Duration, change: Int)]] = [:]
    for attempt in record.attempts {
      guard let role = plan.nodes[attempt.node].role, let member = attempt.member else { continue }
      let busy = attempt.release - attempt.start
      let queued = attempt.start - attempt.ready
      members[member, default: MemberLoad()].busy += busy
      members[member, default: MemberLoad()].queued.append(queued)
      members[member, default: MemberLoad()].cost += attempt.cost
      loads[role, default: Load()].busy += busy
      loads[role, default: Load()].byMember[member, default: .zero] += busy
      loads[role, default: Load()].queued.append(queued)
      changes[role, default: []] += [(attempt.start, 1), (attempt.release, -1)]
    }
    for (role, changes) in changes {
      var atWork = 0
      // Who ends at the moment when another begins makes room for that one.
      for (_, change) in changes.sorted(by: { ($0.time, $0.change) < ($1.time, $1.change) }) {
        atWork += change
        loads[role, default: Load()].most = max(loads[role]?.most ?? 0, atWork)
      }
    }
  }
}
