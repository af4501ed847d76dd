public import TroupePlan

extension WhatIfFigures {
  /// How busy a role is, and how long its assignments wait.
  public struct RoleLoad: Sendable, Hashable, Codable {
    /// The role.
    public let role: Role.ID
    /// The number of its members; `nil` if there are as many as are needed.
    public let members: Int?
    /// Of the time that all members have, the part from 0 to 1 in which they work; `nil` if their
    /// number is not limited, and with a team, whose members may play several roles.
    public let utilisation: Double?
    /// How many assignments are worked on at once on average.
    public let atWork: Double
    /// The most that were worked on at once in any run.
    public let mostAtWork: Int
    /// How many assignments there are in a run on average, repetitions included.
    public let assignments: Double
    /// The part of the assignments, from 0 to 1, that had to wait for a member.
    public let waited: Double
    /// How long assignments wait for a member; those that need not wait count as zero.
    public let queue: Spread
    /// The utilisation of each member, from 0 to 1; empty if their number is not limited, and
    /// with a team.
    public let each: [Member]

    /// How busy a member is.
    public struct Member: Sendable, Hashable, Codable {
      /// The member's name.
      public let name: String
      /// The part of the time, from 0 to 1, in which the member works.
      public let utilisation: Double
    }
  }
}
