/// A run that was stopped because it waits for nothing but people, signals and time; it goes on
/// when it is resumed.
public struct RunIsWaiting: Error, Sendable, CustomStringConvertible {
  /// The run's identity.
  public let id: String
  /// What it waits for, in the order in which it began to.
  public let awaited: [Awaiting]

  /// What the run waits for, one step a line.
  public var description: String {
    "run '\(id)' waits:" + awaited.map { "\n  \($0)" }.joined()
  }
}
