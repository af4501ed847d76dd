public import TroupePlan

extension WhatIfFigures {
  /// What one more member of a role would bring: the same runs once more.
  public struct OneMore: Sendable, Hashable, Codable {
    /// The role.
    public let role: Role.ID
    /// The number of its members with the one more.
    public let members: Int
    /// By how much the makespan changes; negative if it becomes shorter.
    public let change: Spread
  }
}
