import TroupePlan
import TroupeRuntime

/// Makes the report of a study out of what its runs came to.
struct ReportMaker {
  let program: Program
  let members: [Role.ID: Int]
  let team: Team?
  let base: StudyTally
  let more: [(role: Role.ID, tally: StudyTally)]
  let untimed: [String]
  /// The stages of which nothing says how many tokens they take.
  let uncounted: Set<Int>
  let exampleFanOuts: [String]

  var report: WhatIfReport {
    WhatIfReport(
      workflow: program.plan.workflow, runs: base.makespans.count,
      failures: base.failures.sorted { ($1.runs, $0.reason) < ($0.runs, $1.reason) },
      rejections: rejections, untimed: untimed, unestimated: unestimated,
      exampleFanOuts: exampleFanOuts, disturbedRuns: base.disturbed, figures: figures)
  }

  private var plan: Plan { program.plan }

  private var rejections: [WhatIfReport.Rejections] {
    plan.nodes.flatMap { node in
      node.policies.gates.compactMap { gate in
        let count = base.verdicts[StudyTally.Gate(node: node.id, name: gate.name)] ?? (0, 0)
        guard count.rejected > 0 else { return nil }
        return WhatIfReport.Rejections(
          gate: gate.name, step: node.shortPath, verdicts: count.all, rejected: count.rejected)
      }
    }
  }

  private var figures: WhatIfFigures? {
    guard !base.succeeded.isEmpty else { return nil }
    let path = criticalPath
    let loads = plan.roles.map { load(of: $0.id) }
    let oneMore = more.compactMap(oneMore)
    return WhatIfFigures(
      makespan: WhatIfFigures.Spread(of: base.succeeded), roles: loads, members: memberLoads,
      cost: team.map { _ in perRun(base.members.values.reduce(0) { $0 + $1.cost }) },
      criticalPath: path,
      bottleneck: BottleneckFinder(path: path, loads: loads, oneMore: oneMore).bottleneck,
      oneMore: oneMore)
  }

  private func load(of role: Role.ID) -> WhatIfFigures.RoleLoad {
    let load = base.loads[role] ?? StudyTally.Load()
    let elapsed = base.succeeded.reduce(.zero, +)
    func part(_ busy: Duration, of count: Int = 1) -> Double {
      elapsed > .zero ? (busy / (elapsed * count)).toMillionths : 0
    }
    let waited = load.queued.count { $0 > .zero }
    let names = members[role].map { Study.names(of: role, $0) } ?? []
    return WhatIfFigures.RoleLoad(
      role: role, members: members[role] ?? team?.members.count { $0.plays(role) },
      utilisation: members[role].map { part(load.busy, of: $0) }, atWork: part(load.busy),
      mostAtWork: load.most,
      assignments: (Double(load.queued.count) / Double(base.succeeded.count)).toMillionths,
      waited: load.queued.isEmpty
        ? 0 : (Double(waited) / Double(load.queued.count)).toMillionths,
      queue: WhatIfFigures.Spread(of: load.queued),
      each: names.map { .init(name: $0, utilisation: part(load.byMember[$0] ?? .zero)) })
  }

  /// The members who play a role of the plan.
  private var memberLoads: [WhatIfFigures.MemberLoad] {
    let elapsed = base.succeeded.reduce(.zero, +)
    let members = team?.members.filter { member in plan.roles.contains { member.plays($0.id) } }
    return (members ?? []).map { member in
      let load = base.members[member.name] ?? StudyTally.MemberLoad()
      let capacity = member.capacity == .max ? nil : member.capacity
      let count = load.queued.count
      return WhatIfFigures.MemberLoad(
        name: member.name, capacity: capacity,
        utilisation: capacity.map { capacity in
          elapsed > .zero ? (load.busy / (elapsed * capacity)).toMillionths : 0
        }, assignments: perRun(Double(count)),
        waited: count == 0
          ? 0 : (Double(load.queued.count { $0 > .zero }) / Double(count)).toMillionths,
        queue: WhatIfFigures.Spread(of: load.queued), cost: perRun(load.cost))
    }
  }

  private func perRun(_ sum: Double) -> Double {
    (sum / Double(base.succeeded.count)).toMillionths
  }

  /// The stages for whose tokens somebody has a price, and of which nothing says how many they
  /// take.
  private var unestimated: [String] {
    let priced = (team?.members ?? []).filter { $0.price != nil }
    return plan.nodes.filter { node in
      guard let role = node.role else { return false }
      return uncounted.contains(node.id) && priced.contains { $0.plays(role) }
    }.map(\.shortPath)
  }

  private var criticalPath: [WhatIfFigures.PathShare] {
    let runs = Double(base.succeeded.count)
    let shares = base.shares.sorted { $0.key < $1.key }.map { node, share in
      func part(_ activity: CriticalPath.Activity) -> Double {
        ((share.byActivity[activity] ?? 0) / runs).toMillionths
      }
      return WhatIfFigures.PathShare(
        stage: plan.nodes[node].shortPath, role: plan.nodes[node].role, work: part(.work),
        queue: part(.queue), pause: part(.pause))
    }
    // In the plan's order where two shares are the same.
    return shares.enumerated().sorted { left, right in
      (right.element.share, left.offset) < (left.element.share, right.offset)
    }.map(\.element)
  }

  /// Compares the runs that succeeded both ways; `nil` if there are none.
  private func oneMore(_ role: Role.ID, _ tally: StudyTally) -> WhatIfFigures.OneMore? {
    let pairs = zip(base.makespans, tally.makespans).compactMap { before, after in
      before.flatMap { before in after.map { (before, $0) } }
    }
    guard !pairs.isEmpty else { return nil }
    return WhatIfFigures.OneMore(
      role: role, members: (members[role] ?? 0) + 1,
      change: WhatIfFigures.Spread(of: pairs.map(\.0)).change(
        to: WhatIfFigures.Spread(of: pairs.map(\.1))))
  }
}

extension Double {
  /// Rounded to six digits, so that a share that can be worked out by hand reads as it should.
  var toMillionths: Double { (self * 1_000_000).rounded() / 1_000_000 }
}
