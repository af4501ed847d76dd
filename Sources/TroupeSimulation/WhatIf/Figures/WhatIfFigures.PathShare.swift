public import TroupePlan

extension WhatIfFigures {
  /// What a stage contributes to the makespan: its mean share, from 0 to 1, over the runs.
  public struct PathShare: Sendable, Hashable, Codable {
    /// The stage's path, without the workflow's name.
    public let stage: String
    /// The role; `nil` for code.
    public let role: Role.ID?
    /// The share in which the stage was at work.
    public let work: Double
    /// The share in which it waited for a member.
    public let queue: Double
    /// The share in which it paused before a repetition.
    public let pause: Double

    /// All of it.
    public var share: Double { (work + queue + pause).toMillionths }
  }
}
