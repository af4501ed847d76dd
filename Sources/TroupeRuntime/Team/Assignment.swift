public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What an agent is asked to do: everything it needs to know, and nothing else.
public struct Assignment: Sendable {
  /// The address of the stage in its run: `launch-post/write/draft`.
  public let address: String
  /// The role that the agent plays.
  public let role: Role
  /// What is to be done, as the stage's closure says.
  public let prompt: String
  /// What was wrong with earlier takes and answers, the oldest first.
  public internal(set) var feedback: [Feedback]
  /// What the answer must look like; `nil` where bare text is wanted.
  public let schema: JSONSchema?
  /// The same for all attempts at the same work: what an agent has already done under this key it
  /// must not do a second time.
  public let idempotencyKey: String
  /// The production to which this belongs, counted from 1; a rework begins a new one.
  public let take: Int
  /// The start within the take, counted from 1.
  public internal(set) var attempt: Int
  /// The question within the attempt, counted from 1; an answer that does not decode leads to the
  /// next.
  public internal(set) var turn: Int
  /// When the attempt will be given up, if it has a limit.
  public internal(set) var deadline: Date?

  /// Creates an assignment, as tests of agents need it.
  public init(
    address: String, role: Role, prompt: String, feedback: [Feedback] = [],
    schema: JSONSchema? = nil, idempotencyKey: String, take: Int = 1, attempt: Int = 1,
    turn: Int = 1, deadline: Date? = nil
  ) {
    self.address = address
    self.role = role
    self.prompt = prompt
    self.feedback = feedback
    self.schema = schema
    self.idempotencyKey = idempotencyKey
    self.take = take
    self.attempt = attempt
    self.turn = turn
    self.deadline = deadline
  }
}
