/// A run that was started with something else than it would be resumed with; nothing of it has
/// happened.
///
/// A changed plan that fits what has happened can be accepted:
///
/// ```swift
/// try await runtime.run(LaunchPost(), input: brief, id: "post-7", acceptingChanges: true)
/// ```
public struct RunMismatch: Error, Sendable, CustomStringConvertible {
  /// Something that is different.
  public struct Difference: Sendable, Hashable, CustomStringConvertible {
    /// What is different: `~ launch-post/write/draft: timeout 10 min → 5 min`.
    public let change: String
    /// Why the run cannot go on with it; `nil` if it can, once the change is accepted.
    public let obstacle: String?

    package init(_ change: String, obstacle: String?) {
      self.change = change
      self.obstacle = obstacle
    }

    /// What is different, and why the run cannot go on with it.
    public var description: String { obstacle.map { "\(change)\n    \($0)" } ?? change }
  }

  /// The run's identity.
  public let id: String
  /// What is different.
  public let differences: [Difference]

  package init(id: String, differences: [Difference]) {
    self.id = id
    self.differences = differences
  }

  /// Whether the run can go on once the changes are accepted.
  public var isAcceptable: Bool { differences.allSatisfy { $0.obstacle == nil } }

  /// All differences, with what is in the way of each, and what to do.
  public var description: String {
    let lines = differences.map { "  \($0)" }.joined(separator: "\n")
    let advice =
      isAcceptable
      ? "all of it fits what has happened: accept it with 'acceptingChanges: true' "
        + "('--accept-changes' on the command line)"
      : "go on with it as it was, or start another run"
    return
      "run '\(id)' was accepted with something else than it would go on with:\n\(lines)\n\(advice)"
  }
}
