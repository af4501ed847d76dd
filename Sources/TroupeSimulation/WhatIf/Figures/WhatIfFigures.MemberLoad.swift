extension WhatIfFigures {
  /// How busy a member of a team is, how long assignments wait for it, and what it costs.
  public struct MemberLoad: Sendable, Hashable, Codable {
    /// The member's name.
    public let name: String
    /// The number of assignments that it works on at once; `nil` for any number.
    public let capacity: Int?
    /// Of the time in which it could work, the part from 0 to 1 in which it does; `nil` if its
    /// capacity is not limited.
    public let utilisation: Double?
    /// How many assignments it is given in a run on average, repetitions included.
    public let assignments: Double
    /// The part of these, from 0 to 1, that had to wait.
    public let waited: Double
    /// How long they wait until the member begins; those that need not wait count as zero.
    public let queue: Spread
    /// What they cost in a run on average, in the unit in which the team has its prices.
    public let cost: Double
  }
}
