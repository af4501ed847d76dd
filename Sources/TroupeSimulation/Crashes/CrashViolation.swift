/// A run that did not survive its crashes.
public struct CrashViolation: Sendable, CustomStringConvertible {
  /// Where it crashed; `simulation.crashes(input, at: place)` gives the same run again.
  public let place: CrashPlace
  /// What had just happened, or was about to, at each crash.
  public let moments: [String]
  /// What is wrong.
  public let problems: [String]
  /// What happened, before and after the crashes.
  public let timeline: Timeline
  /// The journal as it stood at the end.
  public let journal: String

  /// What is wrong, and where, with the timeline.
  public var description: String {
    let ends = moments.enumerated().map { "  process \($0 + 1) ended \($1)\n" }.joined()
    return "\(problems.joined(separator: "\n"))\n\(ends)  the same again: "
      + "CrashPlace(\"\(place)\")\n\(timeline)"
  }
}
