public import TroupeRuntime

/// What became of one run when all that can go on were resumed.
public struct ResumedRun: Sendable, Identifiable {
  /// What became of a run.
  public enum End: Sendable {
    /// It came to its end, with this output.
    case completed(any Sendable)
    /// It failed, or could not go on, for this reason.
    case failed(any Error)
    /// It was stopped with its runtime or the task that had resumed it, and can go on.
    case stopped
    /// It was left as it was, because of how it stands.
    case skipped(RunStatus)
    /// It was left as it was, because its workflow was not among those given.
    case unknownWorkflow
  }

  /// The run's identity.
  public let id: String
  /// The name of its workflow; `nil` if its journal cannot be read.
  public let workflow: String?
  /// What became of it.
  public let end: End
}
