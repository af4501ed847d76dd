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
        [["", "busy"]] + members.map { [$0.name, StudyText.percent($0.utilisation)] }, left: 1)
    }
    if !criticalPath.isEmpty {
      lines += ["", "Critical path, in shares of the makespan"]
      lines += StudyText.table(pathRows, left: 2)
    }
    if let bottleneck { lines += ["", "Bottleneck", "  \(bottleneck)"] }
    if !oneMore.isEmpty {
      lines += ["", "One more member"] + StudyText.table(oneMoreRows, left: 1)
    }
    return lines
  }

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

  private var pathRows: [[String]] {
    let hasPauses = criticalPath.contains { $0.pause > 0 }
    return [["", "", "share", "work", "waiting"] + (hasPauses ? ["pauses"] : [])]
      + criticalPath.map { part in
        [part.stage, part.role ?? "code"]
          + ([part.share, part.work, part.queue] + (hasPauses ? [part.pause] : []))
          .map(StudyText.percent)
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
  /// `role 'writer', 80 % of the makespan: stages wait for a member …`.
  public var description: String {
    let name = role.map { "role '\($0)'" } ?? "stage '\(stage)'"
    return "\(name), \(StudyText.percent(share)) of the makespan: \(reason)"
  }
}
