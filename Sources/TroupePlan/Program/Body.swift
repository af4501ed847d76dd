#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// The closures of one node, with the types of their values erased.
package struct Body: Sendable {
  /// The values of the artifacts that a node reads, in the order of its `reads`.
  package typealias Values = [any Sendable]

  /// What the node does beside running its children.
  package enum Work: Sendable {
    /// Nothing: a container that needs no closure.
    case none
    /// Code that gives the artifact which the node writes, and the type of that.
    case code(@Sendable (Values) async throws -> any Sendable, output: ValueType)
    /// Code that writes nothing.
    case effect(@Sendable (Values) async throws -> Void)
    /// The prompt for a role, and the type of what its agent is to deliver.
    case assignment(prompt: @Sendable (Values) async throws -> String, output: ValueType)
    /// One condition for each branch that has one, in order.
    case choose([@Sendable (any Sendable) async throws -> Bool])
    /// Whether the loop is done.
    case `repeat`(until: @Sendable (any Sendable) async throws -> Bool)
    /// How to take a list apart and put the results together.
    indirect case fanOut(Spreading)
    /// The type of the payload of the signal that is waited for.
    case signal(payload: ValueType)
    /// The instant that is waited for.
    case instant(@Sendable (Values) async throws -> Date)
  }

  /// How a fan-out takes its list apart and puts its results together.
  package struct Spreading: Sendable {
    package let split: @Sendable (any Sendable) throws -> [any Sendable]
    package let join: @Sendable ([ElementOutcome]) throws -> any Sendable
    package let until: (@Sendable ([any Sendable]) async throws -> Bool)?
    /// The type of what `join` gives.
    package let collected: ValueType

    package init(
      split: @escaping @Sendable (any Sendable) throws -> [any Sendable],
      join: @escaping @Sendable ([ElementOutcome]) throws -> any Sendable,
      until: (@Sendable ([any Sendable]) async throws -> Bool)?, collected: ValueType
    ) {
      self.split = split
      self.join = join
      self.until = until
      self.collected = collected
    }
  }

  /// What became of one element of a fan-out.
  package enum ElementOutcome: Sendable {
    case value(any Sendable)
    case failed(String)
    case cancelled
  }

  /// A gate's closure: judges the values of the artifacts that the gate names.
  package typealias Judge = @Sendable (Values) async throws -> Verdict

  /// A stage's probe: says what became of the work of an idempotency key.
  package typealias Probe = @Sendable (String) async throws -> ProbeResult<any Sendable>

  /// What the node does beside running its children.
  package var work: Work
  /// One closure for each gate of the node, in order.
  package var judges: [Judge]
  /// Says whether the work of a stage was done, where it has the policy `.probe`.
  package var probe: Probe?

  package init(work: Work = .none, judges: [Judge] = [], probe: Probe? = nil) {
    self.work = work
    self.judges = judges
    self.probe = probe
  }
}
