import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// What a stage's code can know about the attempt that it is.
///
/// ```swift
/// Stage("charge", reads: order, writes: receipt) { order in
///   try await bank.charge(order, idempotencyKey: StageContext.current?.idempotencyKey)
/// }
/// ```
public struct StageContext: Sendable {
  /// The context of the stage whose code is running, or `nil` outside of one.
  @TaskLocal public static var current: StageContext?

  /// The stage's address in its run.
  public var address: Address { facts.address }
  /// The production to which this belongs, counted from 1; a rework begins a new one.
  public var take: Int { facts.take }
  /// The start within the take, counted from 1.
  public var attempt: Int { facts.attempt }
  /// What was wrong with earlier takes, the oldest first.
  public var feedback: [Feedback] { facts.feedback }
  /// When the attempt will be given up, if it has a limit.
  public var deadline: Date? { facts.deadline }

  /// What was waived for the versions that the stage reads: gates that did not let them pass, and
  /// who has decided that they are used all the same, and why.
  public var waivers: [Waiver] { facts.waivers }

  /// One reference, because a task-local value is copied for every stage.
  private let facts: Facts

  private final class Facts: Sendable {
    let address: Address
    let take: Int
    let keyTake: Int
    let attempt: Int
    let feedback: [Feedback]
    let deadline: Date?
    let run: String
    let groups: GroupFolder?
    let waivers: [Waiver]

    init(
      _ address: Address, _ take: Int, _ attempt: Int, _ feedback: [Feedback], _ deadline: Date?,
      _ run: String, _ groups: GroupFolder?, _ keyTake: Int, _ waivers: [Waiver]
    ) {
      self.keyTake = keyTake
      self.waivers = waivers
      self.groups = groups
      self.address = address
      self.take = take
      self.attempt = attempt
      self.feedback = feedback
      self.deadline = deadline
      self.run = run
    }
  }

  init(
    address: Address, take: Int, attempt: Int, feedback: [Feedback], deadline: Date?, run: String,
    groups: GroupFolder? = nil, keyTake: Int? = nil, waivers: [Waiver] = []
  ) {
    facts = Facts(
      address, take, attempt, feedback, deadline, run, groups, keyTake ?? take, waivers)
  }

  /// Where process groups are noted that work for the stage, if its run is kept.
  package var groups: GroupFolder? { facts.groups }

  /// The same for all attempts at the same work: what has already been done under this key must
  /// not be done a second time.
  public var idempotencyKey: String {
    IdempotencyKey.of(run: facts.run, address: address, take: facts.keyTake)
  }
}

/// The name of one piece of work for the outside world: a hash of run, address and take.
enum IdempotencyKey {
  static func of(run: String, address: Address, take: Int) -> String {
    SHA256.hexDigest(of: "\(run)\n\(address)\n\(take)")
  }
}
