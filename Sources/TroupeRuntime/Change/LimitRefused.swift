import TroupePlan

/// A limit that cannot be raised as it was asked for; nothing of the run has happened.
public struct LimitRefused: Error, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable, Hashable {
    /// The plan has no step at the path; this one was probably meant.
    case unknownStep(nearest: String?)
    /// The step has no limit of this kind.
    case noSuchLimit
    /// The step has a larger limit already.
    case less(than: StepLimit)
  }

  /// What was asked for.
  public let limit: RaisedLimit
  /// Why it is refused.
  public let reason: Reason

  init(_ limit: RaisedLimit, _ reason: Reason) {
    self.limit = limit
    self.reason = reason
  }

  /// What was asked for, and why it cannot be.
  public var description: String {
    let what = "the limit of '\(limit.path)' cannot be raised to \(limit.limit): "
    switch reason {
    case .unknownStep(let nearest):
      return what + "the plan has no such step" + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    case .noSuchLimit: return what + "it \(limit.limit.what)"
    case .less(let current): return what + "it has \(current) already, and limits are only raised"
    }
  }
}
