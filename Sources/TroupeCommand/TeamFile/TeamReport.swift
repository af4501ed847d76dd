import Troupe
import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Who plays what in a team, and what the runs that are under way in a store say of it.
struct TeamReport {
  /// A role of some workflows, and who plays it.
  struct Part {
    let role: Role
    /// The workflows that need it.
    var workflows: [String]
    let members: [String]
  }

  let team: Team
  let parts: [Part]
  /// What is wrong with the team for the workflows.
  let problems: [String]
  /// What is worth knowing of it besides.
  let notes: [String]
  /// What the runs say of members that processes run now; `nil` if there is no store.
  let load: RunHistory.Workload?
  /// When this was found out.
  let now: Date

  init(_ team: Team, _ plans: [Plan], _ load: RunHistory.Workload?, now: Date) {
    self.team = team
    self.load = load
    self.now = now
    var parts: [Part] = []
    var problems: [String] = []
    var notes: [String] = []
    for plan in plans {
      for note in team.notes(for: plan) where !notes.contains(note) { notes.append(note) }
      for role in plan.roles {
        if let known = parts.firstIndex(where: { $0.role.id == role.id }) {
          parts[known].workflows.append(plan.workflow)
        } else {
          let members = team.members.filter { $0.plays(role.id) }.map(\.name)
          parts.append(Part(role: role, workflows: [plan.workflow], members: members))
        }
      }
      do {
        try team.validate(for: plan)
      } catch {
        for problem in error.problems where !problems.contains(problem) { problems.append(problem) }
      }
    }
    self.parts = parts
    self.problems = problems
    self.notes = notes
  }

  /// How a member is, in words; empty if nothing is known against it.
  private func standing(_ member: Member) -> String {
    guard let until = load?.suspended[member.name] else { return "" }
    return until > now ? "suspended until \(TimeText.instant(until))" : "on trial"
  }

  /// How much a member does at once, in a word.
  private func capacity(_ member: Member) -> String {
    if let pool = member.pool { return "\(pool.bounds)" }
    return member.isPerson ? "person" : member.capacity == .max ? "any" : "\(member.capacity)"
  }

  /// The limits of a member, in words.
  private func limits(_ member: Member) -> String {
    var limits: [String] = []
    if let rate = member.rate {
      limits.append("\(rate.assignments) per \(DurationText.short(rate.span))")
    }
    if let price = member.price {
      let texts = [price.input, price.output].map { JSONValue.number($0).canonicalText }
      limits.append("\(texts[0]) and \(texts[1]) per million tokens read and written")
    }
    limits += member.resources.map { "needs \($0.name) (\($0.units))" }
    if let breaker = member.breaker {
      limits.append(
        "breaker after \(breaker.failures) for \(DurationText.short(breaker.pause))")
    }
    return limits.joined(separator: ", ")
  }

  /// Two tables: the members, and the roles.
  var text: String {
    if team.members.isEmpty, parts.isEmpty {
      return "the team has no members, and no workflow has a role that needs one\n"
    }
    var members = TextTable(right: [2, 3, 4, 5, 6])
    members.add(
      ["MEMBER", "PLAYS", "AT WORK", "CAPACITY", "DONE", "FAILED", "COST", "LIMITS", "STANDING"])
    for member in team.members {
      func count(_ counts: [String: Int]?) -> String {
        counts.map { "\($0[member.name] ?? 0)" } ?? "–"
      }
      members.add([
        Printable.line(member.name),
        Printable.line(member.roles.map(\.id).joined(separator: ", ")), count(load?.atWork),
        capacity(member), count(load?.done),
        count(load?.failed), JSONValue.number(member.cost).canonicalText,
        Printable.line(limits(member)), standing(member),
      ])
    }
    var roles = TextTable(right: [3])
    roles.add(["ROLE", "PLAYED BY", "CHOICE", "WAITING", "NEEDED BY"])
    for part in parts {
      roles.add([
        Printable.line(part.role.id),
        part.members.isEmpty ? "nobody" : Printable.line(part.members.joined(separator: ", ")),
        team.strategy(for: part.role.id).words,
        load.map { "\($0.waiting[part.role.id] ?? 0)" } ?? "–",
        Printable.line(part.workflows.joined(separator: ", ")),
      ])
    }
    return (members.lines + [""] + roles.lines).map { $0 + "\n" }.joined()
  }

  /// The same as JSON.
  var json: JSONValue {
    [
      "members": .array(team.members.map { json($0) }),
      "roles": .array(
        parts.map { part in
          var keys: [String: JSONValue] = [
            "role": .string(part.role.id), "members": .array(part.members.map { .string($0) }),
            "strategy": .string(team.strategy(for: part.role.id).rawValue),
            "workflows": .array(part.workflows.map { .string($0) }),
          ]
          if let load { keys["waiting"] = .integer(load.waiting[part.role.id] ?? 0) }
          return .object(keys)
        }),
      "problems": .array(problems.map { .string($0) }),
      "notes": .array(notes.map { .string($0) }),
    ]
  }

  private func json(_ member: Member) -> JSONValue {
    var keys: [String: JSONValue] = [
      "name": .string(member.name), "plays": .array(member.roles.map { .string($0.id) }),
      "capacity": .integer(member.capacity), "cost": .number(member.cost),
      "isPerson": .bool(member.isPerson),
    ]
    if let pool = member.pool {
      keys["pool"] = [
        "from": .integer(pool.bounds.lowerBound), "to": .integer(pool.bounds.upperBound),
        "idle": .string(DurationText.iso(pool.idle)),
      ]
    }
    if let skills = member.skills { keys["skills"] = .array(skills.map { .string($0) }) }
    if !member.resources.isEmpty {
      keys["needs"] = .array(member.resources.map { .string($0.name) })
    }
    if let rate = member.rate {
      keys["rate"] = [
        "assignments": .integer(rate.assignments), "per": .string(DurationText.iso(rate.span)),
      ]
    }
    if let breaker = member.breaker {
      keys["breaker"] = [
        "failures": .integer(breaker.failures), "pause": .string(DurationText.iso(breaker.pause)),
      ]
    }
    if let load {
      keys["atWork"] = .integer(load.atWork[member.name] ?? 0)
      keys["done"] = .integer(load.done[member.name] ?? 0)
      keys["failed"] = .integer(load.failed[member.name] ?? 0)
      if let until = load.suspended[member.name] {
        keys["suspendedUntil"] = .string(TimeText.instant(until))
      }
    }
    return .object(keys)
  }
}

extension Team.Strategy {
  /// As tables show it.
  fileprivate var words: String {
    switch self {
    case .leastLoaded: "least loaded"
    case .roundRobin: "round robin"
    case .cheapest: "cheapest"
    case .affinity: "affinity"
    }
  }
}

extension RunHistory.Workload {
  /// What two runs say together; of a suspension, the one that lasts longer.
  mutating func add(_ other: RunHistory.Workload) {
    atWork.merge(other.atWork, uniquingKeysWith: +)
    done.merge(other.done, uniquingKeysWith: +)
    failed.merge(other.failed, uniquingKeysWith: +)
    waiting.merge(other.waiting, uniquingKeysWith: +)
    suspended.merge(other.suspended, uniquingKeysWith: max)
  }
}
