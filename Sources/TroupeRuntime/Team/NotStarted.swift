/// Says that an attempt ended before it did anything of its work.
///
/// Agents and the code of stages throw it where they know that nothing has happened: the service
/// refused the connection, the account had no money. Only after it is a stage with `.atMostOnce()`
/// tried again, or handed to another member; after any other error its work is in doubt.
///
/// ```swift
/// guard let connection = try? await bank.connect() else { throw NotStarted("no connection") }
/// ```
public struct NotStarted: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why nothing was done.
  public let reason: String

  /// Creates the error.
  ///
  /// - Parameter reason: Why nothing was done.
  public init(_ reason: String) {
    self.reason = reason
  }

  /// `was not started: no connection`
  public var description: String { "was not started: \(reason)" }
}
