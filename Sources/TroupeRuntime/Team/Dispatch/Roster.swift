import TroupePlan

/// Who is in a team and plays what, prepared for being asked again and again.
final class Roster: Sendable {
  /// Where assignments of one role are asked for.
  struct Desk: Sendable {
    /// The members who play the role, by their places in the team.
    var players: [Int]
    let strategy: Team.Strategy
  }

  let members: [Member]
  /// A desk for each role that somebody plays, and a last one for all others.
  let desks: [Desk]
  private let places: [Role.ID: Int]
  /// The desks to which what a member gives back may be of use: those of its own roles, and of
  /// members who share a resource with it.
  let desksServed: [[Int]]
  /// How much there is of each resource.
  let units: [Int]
  /// What each member needs, by the places in `units`; a person, who is only asked, needs nothing.
  let needs: [[Int]]
  /// How much each member does at once; a person can be asked any number of things.
  let capacities: [Int]
  /// Whether time alone can make a member free.
  let dependsOnTime: Bool
  private let team: Team

  init(_ team: Team) {
    self.team = team
    members = team.members
    capacities = team.members.map { $0.isPerson ? .max : $0.capacity }
    dependsOnTime = team.members.contains { member in
      !member.isPerson && (member.rate != nil || member.breaker != nil)
    }
    let (units, needs) = Self.resources(team.members)
    (self.units, self.needs) = (units, needs)
    var places: [Role.ID: Int] = [:]
    var desks: [Desk] = []
    for (index, member) in team.members.enumerated() {
      for role in member.roles {
        let place = places[role.id] ?? desks.count
        if place == desks.count {
          places[role.id] = place
          desks.append(Desk(players: [], strategy: team.strategy(for: role.id)))
        }
        if desks[place].players.last != index { desks[place].players.append(index) }
      }
    }
    desksServed = team.members.indices.map { index in
      let sharing = team.members.indices.filter { other in
        other == index || needs[other].contains { needs[index].contains($0) }
      }
      return desks.indices.filter { desk in
        desks[desk].players.contains { sharing.contains($0) }
      }
    }
    self.places = places
    self.desks = desks + [Desk(players: [], strategy: team.strategy)]
  }

  /// The resources of a team, and what each member needs of them.
  private static func resources(_ members: [Member]) -> (units: [Int], needs: [[Int]]) {
    var places: [String: Int] = [:]
    var units: [Int] = []
    let needs = members.map { member in
      var own: [Int] = []
      for resource in member.resources where !member.isPerson {
        let place = places[resource.name] ?? units.count
        if place == units.count {
          places[resource.name] = place
          units.append(resource.units)
        }
        if !own.contains(place) { own.append(place) }
      }
      return own
    }
    return (units, needs)
  }

  /// The number of the desk of a role.
  func desk(of role: Role.ID) -> Int { places[role] ?? desks.count - 1 }

  /// The places of the members who play a role, in order.
  func players(of role: Role.ID) -> [Int] { desks[desk(of: role)].players }

  /// The people among the members who play a role.
  func people(of role: Role.ID) -> [Int] { players(of: role).filter { members[$0].isPerson } }

  /// How members are chosen for a role.
  func strategy(_ role: Role.ID) -> Team.Strategy { team.strategy(for: role) }
}
