/// How a run was at one of its records cannot be told any more: its journal has been compacted
/// since.
public struct RecordsAreGone: Error, Sendable, CustomStringConvertible {
  /// The run's folder.
  public let path: String
  /// The number of the record that was asked for.
  public let wanted: Int
  /// The first record at which it can be told how the run was.
  public let earliest: Int

  /// What is gone, and what to do.
  public var description: String {
    "'\(path)' does not tell any more how the run was at record \(wanted): its journal was "
      + "compacted; the earliest record that can be asked for is \(earliest)"
  }
}
