import Troupe
import TroupePlan

/// Reads a team from a JSON file.
struct TeamFile {
  /// The roles that there are.
  private let roles: [Role]
  /// Whether there are no others.
  private let isComplete: Bool
  private var resources: [String: Resource] = [:]
  private var places: [String: JSONPlace] = [:]

  /// The team in a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - roles: The roles that members can play.
  ///   - isComplete: Whether there may be no others; else one that is not known is warned of.
  ///   - tool: The executable, whose help shows a whole file.
  ///   - warn: Told what may be wrong, a line each.
  /// - Throws: `Refusal` that names all that is wrong with the file, each with its line.
  static func team(
    at path: String, roles: [Role], isComplete: Bool = true, tool: String, warn: (String) -> Void
  ) throws -> Team {
    let source = TeamFileValue.Source(path, try TextFile.read(path))
    let json: JSONValue
    do {
      json = try JSONValue(parsing: source.bytes)
    } catch let error as JSONSyntaxError {
      throw Refusal(
        "\(Printable.line(path)):\(error.line):\(error.column): error: "
          + Printable.line("expected \(error.expected), found \(error.found)"))
    }
    var reader = TeamFile(roles: roles, isComplete: isComplete)
    let team = reader.team(TeamFileValue(json: json, path: [], source: source))
    if let mistakes = source.mistakeLines {
      let help = "'\(tool) team --help' shows a whole team file"
      throw Refusal((mistakes + [help]).joined(separator: "\n"))
    }
    for line in source.warningLines { warn(line) }
    return team
  }

  private init(roles: [Role], isComplete: Bool) {
    (self.roles, self.isComplete) = (roles, isComplete)
  }

  private mutating func team(_ file: TeamFileValue) -> Team {
    guard let values = file.object(["members"], optional: ["strategy", "resources"]) else {
      return Team()
    }
    for (name, units) in values["resources"]?.members() ?? [:] {
      resources[name] = Resource(name, units.count() ?? 1)
    }
    var members: [Member] = []
    for value in values["members"]?.list() ?? [] {
      if let member = member(value) { members.append(member) }
    }
    let team = Team { for member in members { member } }
    return values["strategy"].map { choosing($0, team) } ?? team
  }

  private func choosing(_ value: TeamFileValue, _ team: Team) -> Team {
    func strategy(_ value: TeamFileValue) -> Team.Strategy? {
      value.choice(of: Team.Strategy.allCases.map(\.rawValue)).flatMap(Team.Strategy.init)
    }
    if case .string = value.json {
      return strategy(value).map { team.choosing($0) } ?? team
    }
    var team = team
    for (name, value) in (value.members() ?? [:]).sorted(by: { $0.key < $1.key }) {
      if name != "*", role(name) == nil { reportRole(name, value, atKey: true) }
      if let strategy = strategy(value) {
        team = team.choosing(strategy, for: name == "*" ? [] : [name])
      }
    }
    return team
  }

  private mutating func member(_ value: TeamFileValue) -> Member? {
    guard
      let values = value.object(
        ["name", "plays", "agent"],
        optional: ["skills", "capacity", "pool", "cost", "price", "needs", "rate", "breaker"])
    else { return nil }
    let name = values["name"]?.text()
    if let name, let first = places[name] {
      values["name"]?.report(
        "two members are named \(Printable.quoted(name)), the first in line \(first.line); give one "
          + "of them another name")
    } else if let name {
      places[name] = values["name"]?.place
    }
    let skills = values["skills"]?.texts()
    let roles = values["plays"].map { played($0, skills) } ?? []
    let agent = values["agent"].flatMap { self.agent($0) }
    let capacity = values["capacity"].map { $0.count() } ?? 1
    let pool = values["pool"].flatMap { self.pool($0) }
    if let value = values["pool"] {
      values["capacity"]?.report(
        "a pool does as much at once as its 'to' says; leave 'capacity' out", atKey: true)
      if agent?(nil) is Person {
        value.report("a person has no units; leave 'pool' out", atKey: true)
      }
    } else {
      values["agent"].map(AgentKind.refuseUnits)
    }
    let cost = values["cost"].map { $0.amount() } ?? 0
    let price = values["price"]?.object(["input", "output"], optional: []).flatMap { prices in
      let (input, output) = (prices["input"]?.amount(), prices["output"]?.amount())
      return input.flatMap { input in output.map { (input: input, output: $0) } }
    }
    let resources = values["needs"].map { needed($0) } ?? []
    let rate = pair(values["rate"], "assignments", "per")
    let breaker = pair(values["breaker"], "failures", "pause")
    guard let name, let agent, let capacity, let cost else { return nil }
    var member: Member
    if let pool {
      member = Member(
        name, roles: roles, skills: skills, pool: pool.bounds, idle: pool.idle, cost: cost,
        agent: agent)
    } else {
      member = Member(name, roles: roles, skills: skills, capacity: capacity, cost: cost) {
        agent(nil)
      }
    }
    if let price { member = member.price(input: price.input, output: price.output) }
    for resource in resources { member = member.needs(resource) }
    if let rate { member = member.rate(rate.count, per: rate.time) }
    if let breaker { member = member.breaker(after: breaker.count, pause: breaker.time) }
    return member
  }

  /// An object of a number and a time.
  private func pair(
    _ value: TeamFileValue?, _ count: String, _ time: String
  ) -> (count: Int, time: Duration)? {
    guard let values = value?.object([count, time], optional: []) else { return nil }
    let (count, time) = (values[count]?.count(), values[time]?.duration())
    guard let count, let time else { return nil }
    return (count, time)
  }

  /// The bounds of a pool, and how long its units may be idle.
  private func pool(_ value: TeamFileValue) -> (bounds: ClosedRange<Int>, idle: Duration)? {
    guard let values = value.object(["from", "to"], optional: ["idle"]) else { return nil }
    let (lower, upper) = (values["from"]?.count(from: 0), values["to"]?.count())
    let idle = values["idle"].map { $0.duration() } ?? .seconds(300)
    guard let lower, let upper, let idle else { return nil }
    guard upper <= Pool.limit else {
      values["to"]?.report("a pool has at most \(Pool.limit) units")
      return nil
    }
    guard lower <= upper else {
      values["to"]?.report("a pool of which \(lower) units stay cannot have at most \(upper)")
      return nil
    }
    return (lower...upper, idle)
  }

  // MARK: Names

  private func role(_ name: String) -> Role? { roles.first { $0.id == name } }

  private func reportRole(_ name: String, _ value: TeamFileValue, atKey: Bool = false) {
    let names = roles.map(\.id)
    let meant = Nearest.match(name, in: names).map { "; did you mean \(Printable.quoted($0))?" }
    let all =
      names.isEmpty
      ? "; no workflow has any" : "; there are \(Count.some(names.map(Printable.quoted), limit: 8))"
    let problem = "no workflow has a role \(Printable.quoted(name))\(meant ?? all)"
    if isComplete { value.report(problem, atKey: atKey) } else { value.warn(problem) }
  }

  private func played(_ value: TeamFileValue, _ skills: [String]?) -> [Role] {
    var played: [Role] = []
    for value in value.list() ?? [] {
      guard let name = value.text() else { continue }
      guard let role = role(name) else {
        reportRole(name, value)
        if !isComplete { played.append(Role(name)) }
        continue
      }
      let missing = role.skills.filter { skills?.contains($0) == false }
      if !missing.isEmpty {
        value.report(
          "the role \(Printable.quoted(name)) needs the skills "
            + missing.map(Printable.quoted).joined(separator: ", ")
            + ", which the member's 'skills' lack")
      }
      if !played.contains(role) { played.append(role) }
    }
    return played
  }

  private func needed(_ value: TeamFileValue) -> [Resource] {
    var needed: [Resource] = []
    for value in value.list() ?? [] {
      guard let name = value.text() else { continue }
      if let resource = resources[name] {
        needed.append(resource)
      } else {
        let meant = Nearest.match(name, in: resources.keys.sorted())
        value.report(
          "there is no resource \(Printable.quoted(name))"
            + (meant.map { "; did you mean \(Printable.quoted($0))?" }
              ?? "; say how much there is of it: \"resources\": {\"\(name)\": 1}"))
      }
    }
    return needed
  }

  private func agent(_ value: TeamFileValue) -> AgentKind.Maker? {
    guard let members = value.members() else { return nil }
    let names = AgentKind.all.map(\.name)
    guard let kind = members["kind"] else {
      value.report(
        "'\(KeyPathText.text(value.path))' has no 'kind'; there is "
          + names.map { "'\($0)'" }.joined(separator: ", "))
      return nil
    }
    guard let word = kind.choice(of: names),
      let known = AgentKind.all.first(where: { $0.name == word })
    else { return nil }
    guard let values = value.object(["kind"] + known.required, optional: known.optional) else {
      return nil
    }
    return known.maker(values)
  }
}
