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
    var problems = problems
    let escalating = plan.nodesEscalating(on: .noMember)
    for role in unplayed(plan) {
      let stages = plan.nodes.filter { $0.role == role.id }
      if !stages.isEmpty, stages.allSatisfy({ escalating.contains($0.id) }) { continue }
      let first = stages.first.map { "'\($0.path)'" } ?? "a stage"
      let others = stages.count > 1 ? " and \(stages.count - 1) more" : ""
      problems.append(
        "nobody plays the role '\(role.id)', which \(first)\(others) needs; "
          + "add a member: Member(\"…\", plays: Role(\"\(role.id)\")) { … }")
    }
    problems += skillProblems(plan.roles) + panelProblems(plan)
    problems += independenceProblems(plan, sparing: escalating)
    if !problems.isEmpty { throw TeamMismatch(problems: problems) }
  }

  /// The roles of a plan that nobody plays.
  package func unplayed(_ plan: Plan) -> [Role] {
    plan.roles.filter { role in !members.contains { $0.plays(role.id) } }
  }

  /// What makes no sense in the team, whatever it is to do.
  package var problems: [String] {
    var problems: [String] = []
    var names: Set<String> = []
    var units: [String: Int] = [:]
    for member in members {
      if !names.insert(member.name).inserted {
        problems.append("two members are named '\(member.name)'; give one of them another name")
      }
      problems += member.problems
      for resource in member.resources {
        if let known = units[resource.name], known != resource.units {
          problems.append(
            "the resource '\(resource.name)' is there \(known) times and \(resource.units) times; "
              + "let all members that need it name the same Resource")
        }
        units[resource.name] = units[resource.name] ?? resource.units
      }
    }
    return problems
  }

  /// Members who play a role without the skills that it needs.
  private func skillProblems(_ roles: [Role]) -> [String] {
    roles.flatMap { role in
      members.compactMap { member -> String? in
        guard member.plays(role.id), let skills = member.skills else { return nil }
        let missing = role.skills.filter { !skills.contains($0) }
        guard !missing.isEmpty else { return nil }
        let names = missing.map { "'\($0)'" }.joined(separator: ", ")
        return
          "member '\(member.name)' plays the role '\(role.id)', but its skills lack \(names); "
          + "add what it can do to its skills, or let another member play the role"
      }
    }
  }

  /// Gates for which more reviewers are asked than there are members who can be.
  private func panelProblems(_ plan: Plan) -> [String] {
    plan.nodes.withPolicies.flatMap { id in
      let node = plan.nodes[id]
      return node.gates.compactMap { gate -> String? in
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

extension Member {
  /// What makes no sense in the member by itself.
  fileprivate var problems: [String] {
    var problems: [String] = []
    func check(_ isSensible: Bool, _ problem: String, _ remedy: String) {
      if !isSensible { problems.append("member '\(name)' has \(problem); \(remedy)") }
    }
    if let pool {
      check(
        pool.bounds.upperBound >= 1, "a pool of at most \(pool.bounds.upperBound) units",
        "allow at least 1")
      check(
        pool.bounds.upperBound <= Pool.limit, "a pool of up to \(pool.bounds.upperBound) units",
        "allow at most \(Pool.limit)")
      check(
        pool.bounds.lowerBound >= 0, "a pool of at least \(pool.bounds.lowerBound) units",
        "let 0 or more stay")
      check(
        pool.idle >= .zero, "units that are idle for \(DurationText.short(pool.idle))",
        "give a time that is not less than zero")
    } else {
      check(capacity >= 1, "a capacity of \(capacity)", "give it at least 1")
    }
    check(cost.isFinite && cost >= 0, "a cost of \(cost)", "give a number from 0 on")
    for resource in resources {
      check(
        resource.units >= 1, "need of '\(resource.name)', of which there are \(resource.units)",
        "let there be at least 1")
    }
    if let rate {
      check(
        rate.assignments >= 1, "a rate of \(rate.assignments) assignments",
        "allow at least 1, in a longer span if need be")
      check(
        rate.span > .zero, "a rate per \(DurationText.short(rate.span))",
        "give a span longer than zero")
    }
    if let breaker {
      check(
        breaker.failures >= 1, "a breaker after \(breaker.failures) failures", "give at least 1")
      check(
        breaker.pause > .zero, "a breaker with a pause of \(DurationText.short(breaker.pause))",
        "give a pause longer than zero")
    }
    return problems
  }
}
