/// What holds for a node beside its work: gates, retries and limits of time.
///
/// From the inside out, whatever the order in which they were written: attempt (`timeout`), retry,
/// take with its gates, rework, fallback, `budget`, escalation,
/// `deadline`.
public struct Policies: Sendable, Hashable {
  /// The checks on what the node wrote, in the order in which they are asked.
  public var gates: [Gate] = []
  /// How often and after which pauses a failed attempt is repeated.
  public var retry: Retry?
  /// The time for one attempt of a stage, or for one take of a container.
  public var timeout: Duration?
  /// The time for the whole node from the moment it is ready, everything included.
  public var deadline: Duration?
  /// What is done when nobody knows whether the work of a stage was done.
  public var occurrence = Occurrence.atLeastOnce
  /// What happens when the node cannot get further by itself.
  public var escalation: Escalation?
  /// Whose assignments in the node are served first, where they queue for members: those of the
  /// higher one. It holds for all in the node that has none of its own.
  public var priority: Int?
  /// What undoes the work of a stage when that is given up.
  public var compensation: Compensation?
  /// What becomes of the run when a step has failed; it holds where the plan's first node says it.
  public var onFailure = FailureHandling.compensate
  /// How much the node may use up in all.
  public var budget: Budget?
  /// What each assignment in the node may use up at most. It holds for all in the node that has no
  /// estimate of its own.
  public var estimate: Estimate?

  /// No policies.
  public init() {}

  /// Whether nothing at all is declared.
  public var isEmpty: Bool {
    gates.isEmpty && retry == nil && timeout == nil && deadline == nil
      && occurrence == .atLeastOnce && escalation == nil && priority == nil
      && compensation == nil && onFailure == .compensate
      && budget == nil && estimate == nil
  }
}
