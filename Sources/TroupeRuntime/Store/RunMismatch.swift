/// A run that was accepted with something else than it would be resumed with.
public struct RunMismatch: Error, Sendable, CustomStringConvertible {
  /// The run's identity.
  public let id: String
  /// What is different, one difference a line.
  public let differences: [String]

  package init(id: String, differences: [String]) {
    self.id = id
    self.differences = differences
  }

  /// All differences.
  public var description: String {
    "run '\(id)' was accepted with something else than it would go on with:\n"
      + differences.map { "  \($0)" }.joined(separator: "\n")
  }
}
