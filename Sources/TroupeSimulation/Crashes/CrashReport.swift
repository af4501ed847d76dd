/// What became of a workflow whose run was ended at every point and gone on with.
public struct CrashReport: Sendable, CustomStringConvertible {
  /// The points at which the runs that did not crash could have been ended: before and after every
  /// effect, and every step that changes a file or makes a change durable.
  public internal(set) var points = 0
  /// The runs that were gone on with after a crash.
  public internal(set) var resumes = 0
  /// How many of them were gone on with after a second one.
  public internal(set) var pairs = 0
  /// How many runs were gone on with after a sync had failed, of which the process had ended.
  public internal(set) var failedSyncs = 0
  /// How many different ends the runs came to that did not crash.
  public internal(set) var outcomes = 0
  /// The runs that did not survive, the shortest first.
  public internal(set) var violations: [CrashViolation] = []

  /// The figures, and the first violation.
  public var description: String {
    let figures =
      "\(points) points, \(resumes) resumed runs, \(pairs) of them after a second crash: "
      + (violations.isEmpty ? "all survived" : "\(violations.count) did not survive")
    return violations.first.map { "\(figures)\n\($0)" } ?? figures
  }
}
