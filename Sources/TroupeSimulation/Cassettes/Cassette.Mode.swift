#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Cassette {
  /// Whether answers come from the file or from the agents.
  public enum Mode: Sendable, Hashable {
    /// All answers come from the file; no agent is asked.
    case replay
    /// All answers come from the agents, and take the place of what the file has for the same
    /// requests.
    case record
    /// Answers come from the file where it has any, else from the agents, and are recorded then.
    case fill
  }

  /// What the environment variable `TROUPE_RECORD` says.
  ///
  /// - Throws: `CassetteError` where it says something else than what it may.
  static func mode(
    from environment: [String: String], file: String
  ) throws(CassetteError) -> Mode {
    switch environment["TROUPE_RECORD"] ?? "" {
    case "", "0": return .replay
    case "1", "all": return .record
    case "missing": return .fill
    case let other:
      throw CassetteError(
        file: file,
        reason: "TROUPE_RECORD is '\(other)'; it may be 'missing' to record what is not there, "
          + "'all' or '1' to record everything again, or unset to replay")
    }
  }
}
