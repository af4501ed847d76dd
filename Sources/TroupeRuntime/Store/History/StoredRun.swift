#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A run that a store holds, as a list shows it; `Store.history(of:)` tells all of it.
public struct StoredRun: Sendable, Identifiable {
  /// The run's identity.
  public let id: String
  /// How it stands.
  public let status: RunStatus
  /// The addresses of work of which nobody knows whether it was done, and that is not done again before
  /// somebody has said what became of it. Of a run that was interrupted, or stopped because it did not
  /// get further, only `RunHistory.doubts` tells.
  public let doubts: [String]
  /// What the run had done, has given up and could not undo; a person has to see to it. Of a run
  /// that was interrupted, only `RunHistory.uncompensated` tells.
  public let uncompensated: [Uncompensated]
  /// What its journal says; `nil` if it cannot be read.
  public let journal: Journal?

  /// What the first and the last record of a journal say.
  public struct Journal: Sendable {
    /// The name of the workflow.
    public let workflow: String
    /// The version that the workflow gave itself, if any.
    public let version: String?
    /// When the run was accepted.
    public let began: Date
    /// When the last record was written.
    public let updated: Date
    /// The number of records.
    public let records: Int
  }
}
