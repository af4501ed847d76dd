/// A check on what a node wrote, by code or by a reviewer. Its closure lives in the program; this
/// is what a plan knows of it.
public struct Gate: Sendable, Hashable {
  /// The gate's name, unique on its node.
  public var name: String
  /// The artifacts it judges.
  public var judges: [ArtifactUse]
  /// Who reviews what it judges; `nil` for a gate of code.
  public var review: Review?
  /// What happens when it rejects.
  public var otherwise: Rejection
  /// Where it was declared.
  public var location: SourceLocation?

  /// How a reviewer decides a gate.
  public struct Review: Sendable, Hashable {
    /// The node of the plan that reviews: a stage of a role, whose output is the review, or a
    /// fan-out over such a stage where there is a quorum.
    public var node: Int
    /// How many of several reviewers must accept; `nil` where there is one.
    public var quorum: Quorum?
    /// Whether nobody may review what they have made.
    public var isIndependent: Bool
    /// The score from 0 to 1 that a review needs beside its acceptance, if it needs one.
    public var passing: Double?

    /// Creates a review.
    public init(
      node: Int, quorum: Quorum? = nil, isIndependent: Bool = false, passing: Double? = nil
    ) {
      self.node = node
      self.quorum = quorum
      self.isIndependent = isIndependent
      self.passing = passing
    }
  }

  /// Creates a gate.
  public init(
    _ name: String, judges: [ArtifactUse], review: Review? = nil, otherwise: Rejection,
    location: SourceLocation? = nil
  ) {
    self.name = name
    self.judges = judges
    self.review = review
    self.otherwise = otherwise
    self.location = location
  }

  /// Gates are equal where they do the same, wherever they were declared and whatever the number of
  /// the node that reviews: that has the gate's name in its path.
  public static func == (left: Gate, right: Gate) -> Bool {
    left.name == right.name && left.judges == right.judges && left.otherwise == right.otherwise
      && (left.review == nil) == (right.review == nil)
      && left.review?.passing == right.review?.passing
      && left.review?.quorum == right.review?.quorum
      && left.review?.isIndependent == right.review?.isIndependent
  }

  /// Hashes all but the location and the number of the node that reviews.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(judges)
    hasher.combine(otherwise)
    hasher.combine(review?.passing)
    hasher.combine(review?.quorum)
    hasher.combine(review?.isIndependent)
  }
}
