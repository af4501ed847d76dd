/// What was sent to a run before, under the same identity, and was not taken then.
public struct LetterRefused: Error, Sendable, CustomStringConvertible {
  /// The identity of the sending.
  public let id: String
  /// Why it was not taken.
  public let reason: String

  package init(id: String, reason: String) {
    self.id = id
    self.reason = reason
  }

  /// Why, and what to do.
  public var description: String {
    "what was sent before as '\(id)' was not taken: \(reason); send what is right under another id"
  }
}
