/// A what-if study that was asked for stages, roles or durations that make no sense, found before
/// anything is simulated.
public struct StudyMistakes: Error, Sendable, CustomStringConvertible {
  /// What is wrong, each with what was probably meant.
  public let problems: [String]

  /// All problems, a line each.
  public var description: String { problems.joined(separator: "\n") }
}
