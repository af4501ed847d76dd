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
  public let address: Address
  /// The production to which this belongs, counted from 1; a rework begins a new one.
  public let take: Int
  /// The start within the take, counted from 1.
  public let attempt: Int
  /// What was wrong with earlier takes, the oldest first.
  public let feedback: [Feedback]
  /// When the attempt will be given up, if it has a limit.
  public let deadline: Date?

  let run: String

  /// The same for all attempts at the same work: what has already been done under this key must
  /// not be done a second time.
  public var idempotencyKey: String {
    IdempotencyKey.of(run: run, address: address, take: take)
  }
}

/// The name of one piece of work for the outside world: a hash of run, address and take.
enum IdempotencyKey {
  static func of(run: String, address: Address, take: Int) -> String {
    SHA256.hexDigest(of: "\(run)\n\(address)\n\(take)")
  }
}
