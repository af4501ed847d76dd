/// What was wrong with an earlier take or answer, told to whoever does the work again.
public struct Feedback: Sendable, Hashable, Codable {
  /// Who found it.
  public enum Source: Sendable, Hashable, Codable {
    /// The gate of this name rejected what was written.
    case gate(String)
    /// The answer did not have the form that the stage needs.
    case decoding
    /// Somebody who was asked has it done again; the reason is their guidance.
    case escalation
  }

  /// Who found it.
  public let source: Source
  /// What is wrong.
  public let reason: String
  /// What was rejected, as JSON or text, where it is known.
  public let rejected: String?

  /// Creates feedback.
  public init(source: Source, reason: String, rejected: String? = nil) {
    self.source = source
    self.reason = reason
    self.rejected = rejected
  }
}
