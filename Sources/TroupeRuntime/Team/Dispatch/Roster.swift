import TroupePlan

/// Who is in a team and plays what, prepared for being asked again and again.
struct Roster: Sendable {
  let members: [Member]
  /// Whether time alone can make a member free.
  let dependsOnTime: Bool
  /// The members who play each role, by their places in the team.
  private let players: [Role.ID: [Int]]
  /// The roles to which what a member gives back may be of use: its own, and those of members who
  /// share a resource with it.
  let rolesServed: [[Role.ID]]
  let strategy: @Sendable (Role.ID) -> Team.Strategy
  /// How much there is of each resource.
  let units: [Int]
  /// What each member needs, by the places in `units`.
  let needs: [[Int]]
  /// How much each member does at once; a person can be asked any number of things.
  let capacities: [Int]

  init(_ team: Team) {
    members = team.members
    capacities = team.members.map { $0.isPerson ? .max : $0.capacity }
    dependsOnTime = team.members.contains { $0.rate != nil || $0.breaker != nil }
    strategy = { team.strategy(for: $0) }
    var resources: [String: Int] = [:]
    var units: [Int] = []
    needs = team.members.map { member in
      var own: [Int] = []
      for resource in member.resources {
        let place = resources[resource.name] ?? units.count
        if place == units.count {
          resources[resource.name] = place
          units.append(resource.units)
        }
        if !own.contains(place) { own.append(place) }
      }
      return own
    }
    self.units = units
    var players: [Role.ID: [Int]] = [:]
    for (index, member) in team.members.enumerated() {
      for role in member.roles where players[role.id]?.last != index {
        players[role.id, default: []].append(index)
      }
    }
    self.players = players
    rolesServed = team.members.indices.map { [needs] index in
      var roles: [Role.ID] = []
      for other in team.members.indices
      where other == index || !Set(needs[other]).isDisjoint(with: needs[index]) {
        for role in team.members[other].roles where !roles.contains(role.id) {
          roles.append(role.id)
        }
      }
      return roles
    }
  }

  /// The places of the members who play a role, in order.
  func players(of role: Role.ID) -> [Int] { players[role] ?? [] }

  /// The people among the members who play a role.
  func people(of role: Role.ID) -> [Int] { players(of: role).filter { members[$0].isPerson } }
}
