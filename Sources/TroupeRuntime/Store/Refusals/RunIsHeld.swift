/// A run that cannot be opened, because another process, or this one, is running it.
public struct RunIsHeld: Error, Sendable, CustomStringConvertible {
  /// The run's identity.
  public let id: String
  /// Who runs it, as far as is known: `process 4711`.
  public let holder: String

  package init(id: String, holder: String) {
    self.id = id
    self.holder = holder
  }

  /// Who runs it, and what to do.
  public var description: String {
    let holder = holder.isEmpty ? "another process" : holder
    return "run '\(id)' is being run by \(holder); wait for it, or stop it first"
  }
}
