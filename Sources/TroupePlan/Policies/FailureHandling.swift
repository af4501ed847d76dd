/// What becomes of a run when a step has failed and no rule helps.
public enum FailureHandling: String, Sendable, Hashable, Codable, CaseIterable {
  /// What the run has done is undone as far as stages say how, and the run is aborted. One that has
  /// nothing to undo stops instead, and can be resumed.
  case compensate
  /// The run stops and can be resumed; nothing is undone until somebody cancels it.
  case stop
}
