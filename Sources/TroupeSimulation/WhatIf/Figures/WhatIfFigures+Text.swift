extension WhatIfFigures {
  /// The figures as a person reads them, each part after an empty line.
  var lines: [String] {
    var lines = ["", "Makespan"]
    lines.append(
      "  p50 \(StudyText.time(makespan.p50)), p95 \(StudyText.time(makespan.p95)), "
        + "mean \(StudyText.time(makespan.mean))")
    if !roles.isEmpty { lines += ["", "Roles"] + StudyText.table(roleRows, left: 1) }
    let members = roles.flatMap(\.each)
    if members.count > roles.count(where: { $0.members != nil }) {
      lines += ["", "Members"]
      lines += StudyText.table(
        [["", "busy"]]
          + members.prefix(Self.mostMembers).map { [$0.name, StudyText.percent($0.utilisation)] },
        left: 1)
      let more = members.count - Self.mostMembers
      if more > 0 { lines.append("  and \(more) more") }
    }
    if !self.members.isEmpty {
      lines += ["", "Members"] + StudyText.table(memberRows, left: 1)
    }
    if let cost { lines += ["", "Cost", "  \(StudyText.amount(cost)) a run, on average"] }
    if !criticalPath.isEmpty {
      lines += ["", "Critical path, in shares of the makespan"]
      lines += StudyText.table(pathRows, left: 2)
    }
    if let bottleneck {
      lines += ["", "Bottleneck", "  \(bottleneck.headline)"]
      lines += bottleneck.reason.split(separator: "; ").map { "    \($0)" }
    }
    if !oneMore.isEmpty {
      lines += ["", "One more member"] + StudyText.table(oneMoreRows, left: 1)
    }
    return lines
  }

  /// How many members are shown one by one.
  private static let mostMembers = 24

  private var roleRows: [[String]] {
    [["", "members", "busy", "at work", "most", "asked", "waited", "wait mean", "wait p95"]]
      + roles.map { role in
        [
          role.role, role.members.map(String.init) ?? "no limit",
          role.utilisation.map(StudyText.percent) ?? "–", StudyText.number(role.atWork),
          "\(role.mostAtWork)", StudyText.number(role.assignments),
          StudyText.percent(role.waited), StudyText.time(role.queue.mean),
          StudyText.time(role.queue.p95),
        ]
      }
  }

  private var memberRows: [[String]] {
    [["", "at once", "busy", "asked", "waited", "wait mean", "wait p95", "cost"]]
      + members.map { member in
        [
          member.name, member.capacity.map(String.init) ?? "no limit",
          member.utilisation.map(StudyText.percent) ?? "–", StudyText.number(member.assignments),
          StudyText.percent(member.waited), StudyText.time(member.queue.mean),
          StudyText.time(member.queue.p95), StudyText.amount(member.cost),
        ]
      }
  }

  /// Without the columns in which nothing stands.
  private var pathRows: [[String]] {
    let hasQueues = criticalPath.contains { $0.queue > 0 }
    let hasPauses = criticalPath.contains { $0.pause > 0 }
    func cells<Cell>(_ share: Cell, _ work: Cell, _ queue: Cell, _ pause: Cell) -> [Cell] {
      [share] + (hasQueues || hasPauses ? [work] : []) + (hasQueues ? [queue] : [])
        + (hasPauses ? [pause] : [])
    }
    return [["", ""] + cells("share", "work", "waiting", "pauses")]
      + criticalPath.map { part in
        [part.stage, part.role ?? "code"]
          + cells(part.share, part.work, part.queue, part.pause).map(StudyText.percent)
      }
  }

  private var oneMoreRows: [[String]] {
    [["", "members", "p50", "p95"]]
      + oneMore.map { more in
        [
          more.role, "\(more.members)", StudyText.change(more.change.p50),
          StudyText.change(more.change.p95),
        ]
      }
  }
}

extension WhatIfFigures.Bottleneck: CustomStringConvertible {
  /// `role 'writer', 80 % of the makespan: its members are busy 95 % of the time; …`.
  public var description: String { "\(headline): \(reason)" }

  /// `role 'writer', 80 % of the makespan`.
  fileprivate var headline: String {
    let name = role.map { "role '\($0)'" } ?? "stage '\(stage)'"
    return "\(name), \(StudyText.percent(share)) of the makespan"
  }
}
