/// A check on what a node wrote. Its closure lives in the program; this is what a plan knows of it.
public struct Gate: Sendable, Hashable {
  /// The gate's name, unique on its node.
  public var name: String
  /// The artifacts it judges.
  public var judges: [ArtifactUse]
  /// What happens when it rejects.
  public var otherwise: Rejection
  /// Where it was declared.
  public var location: SourceLocation?

  /// Creates a gate.
  public init(
    _ name: String, judges: [ArtifactUse], otherwise: Rejection, location: SourceLocation? = nil
  ) {
    self.name = name
    self.judges = judges
    self.otherwise = otherwise
    self.location = location
  }

  /// Gates are equal where they do the same, wherever they were declared.
  public static func == (left: Gate, right: Gate) -> Bool {
    left.name == right.name && left.judges == right.judges && left.otherwise == right.otherwise
  }

  /// Hashes all but the location.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(judges)
    hasher.combine(otherwise)
  }
}
