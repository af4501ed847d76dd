public import TroupePlan

extension WhatIfFigures {
  /// What holds a workflow up most: the role, or the stage of code, with the greatest share of the
  /// critical path.
  public struct Bottleneck: Sendable, Hashable, Codable {
    /// The role; `nil` for a stage of code.
    public let role: Role.ID?
    /// The path of the stage that contributes most to it.
    public let stage: String
    /// The share of the makespan, from 0 to 1.
    public let share: Double
    /// The share in which it waits for a member.
    public let queue: Double
    /// Why it is the bottleneck and what would help, in a sentence without a full stop.
    public let reason: String
  }
}
