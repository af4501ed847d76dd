package import TroupePlan

/// A team that cannot do a workflow's work, found before a run starts.
public struct TeamMismatch: Error, Sendable, CustomStringConvertible {
  /// What is wrong, one problem a line.
  public let problems: [String]

  /// All problems.
  public var description: String { problems.joined(separator: "\n") }
}

extension Team {
  /// Checks that every role of a plan is played, and that the members make sense.
  package func validate(for plan: Plan) throws(TeamMismatch) {
    var problems: [String] = []
    var names: Set<String> = []
    for member in members {
      if !names.insert(member.name).inserted {
        problems.append("two members are named '\(member.name)'; give one of them another name")
      }
      if member.capacity < 1 {
        problems.append(
          "member '\(member.name)' has a capacity of \(member.capacity); give it at least 1")
      }
    }
    for role in plan.roles where !members.contains(where: { $0.plays(role.id) }) {
      let stages = plan.nodes.filter { $0.role == role.id }
      let first = stages.first.map { "'\($0.path)'" } ?? "a stage"
      let others = stages.count > 1 ? " and \(stages.count - 1) more" : ""
      problems.append(
        "nobody plays the role '\(role.id)', which \(first)\(others) needs; "
          + "add a member: Member(\"…\", plays: Role(\"\(role.id)\")) { … }")
    }
    problems += panelProblems(plan)
    if !problems.isEmpty { throw TeamMismatch(problems: problems) }
  }

  /// Gates for which more reviewers are asked than there are members who can be.
  private func panelProblems(_ plan: Plan) -> [String] {
    plan.nodes.flatMap { node in
      node.gates.compactMap { gate -> String? in
        guard let quorum = gate.review?.quorum, let role = plan.reviewer(of: gate) else {
          return nil
        }
        let players = members.count { $0.plays(role) }
        guard players > 0, players < quorum.reviewers else { return nil }
        return
          "gate '\(gate.name)' of '\(node.path)' asks \(quorum.reviewers) different members for a "
          + "review, and the role '\(role)' is played by \(players); add members, or ask fewer"
      }
    }
  }
}
