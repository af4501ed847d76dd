/// How many assignments a member begins at most in any span of a length.
///
/// Each start counts: retries do, a further question about an answer that did not decode does not.
/// It is counted in the process that runs, anew after a restart, for all runs of a runtime
/// together.
public struct Rate: Sendable, Hashable {
  /// The most starts in any such span.
  public let assignments: Int
  /// The length of the span.
  public let span: Duration

  /// Creates a rate.
  package init(_ assignments: Int, per span: Duration) {
    self.assignments = assignments
    self.span = span
  }
}
