public import TroupePlan
public import TroupeRuntime

/// What a stage was asked in a simulation, as the stub that answers sees it.
public struct Asked: Sendable {
  /// The stage, with the rounds and elements in which it stands: `review/rounds[2]/critic`.
  public let address: String
  /// The stage's path in the plan: `review/critic`.
  public let path: Path
  /// The role; `nil` for a stage of code.
  public let role: Role.ID?
  /// The member who was asked; `nil` for a stage of code.
  public let member: String?
  /// The prompt; empty for a stage of code.
  public let prompt: String
  /// What was wrong before, the oldest first.
  public let feedback: [Feedback]
  /// The production to which this belongs, counted from 1; a rework begins a new one.
  public let take: Int
  /// The start within the take, counted from 1.
  public let attempt: Int
  /// The question within the attempt, counted from 1.
  public let turn: Int
  /// The virtual time since the run began.
  public let elapsed: Duration
}
