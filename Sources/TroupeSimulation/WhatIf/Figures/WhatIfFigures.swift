/// The figures of a what-if study.
public struct WhatIfFigures: Sendable, Hashable, Codable {
  /// The time from the start of a run to its end.
  public let makespan: Spread
  /// The roles, in the plan's order.
  public let roles: [RoleLoad]
  /// The members of the team who play one of the roles, in its order; empty without a team.
  public let members: [MemberLoad]
  /// What a run costs on average, in the unit in which the members have their prices; `nil` without
  /// a team.
  public let cost: Double?
  /// On what the makespan is spent, the greatest share first.
  public let criticalPath: [PathShare]
  /// What holds the workflow up most; `nil` if nothing takes time.
  public let bottleneck: Bottleneck?
  /// What one more member would bring, for each role whose members are limited.
  public let oneMore: [OneMore]
}

extension WhatIfFigures {
  /// Reads figures, also those of an earlier version, which knew no teams.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    makespan = try container.decode(Spread.self, forKey: .makespan)
    roles = try container.decode([RoleLoad].self, forKey: .roles)
    members = try container.decodeIfPresent([MemberLoad].self, forKey: .members) ?? []
    cost = try container.decodeIfPresent(Double.self, forKey: .cost)
    criticalPath = try container.decode([PathShare].self, forKey: .criticalPath)
    bottleneck = try container.decodeIfPresent(Bottleneck.self, forKey: .bottleneck)
    oneMore = try container.decode([OneMore].self, forKey: .oneMore)
  }
}
