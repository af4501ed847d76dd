/// A run that was opened again and again, each time by a process that ended before it had recorded
/// anything new; it is stopped, so that it does not go on like that for ever.
public struct RunIsStuck: Error, Sendable, CustomStringConvertible {
  /// The run's identity.
  public let id: String
  /// How often it was opened without a new record.
  public let openings: Int

  /// What happened, and what to do.
  public var description: String {
    "run '\(id)' was opened \(openings) times in a row, and each time the process ended before "
      + "anything new was recorded; find out what ends it (memory? a crash in a closure?) and mend "
      + "that. The run is stopped now; when it is resumed once more, it is tried again"
  }
}
