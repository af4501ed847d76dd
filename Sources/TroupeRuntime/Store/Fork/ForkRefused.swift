/// A run that cannot be forked as was asked.
public struct ForkRefused: Error, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable, Hashable {
    /// No batch of records ends there. These are the nearest places where one does.
    case noBoundary(before: Int?, after: Int?)
    /// The run had ended there for good.
    case ended(Event.Outcome)
    /// The workflow has no such artifact of its own.
    case unknownArtifact(String, known: [String])
    /// These stages happen at most once, or have a compensation, and would be performed a second
    /// time.
    case repeatsEffects([RepeatedStage])
  }

  /// The identity of the run that was to be forked.
  public let run: String
  /// The record at which it was to be forked.
  public let record: Int
  /// Why not.
  public let reason: Reason

  /// Why not, and what to do.
  public var description: String {
    "run '\(run)' cannot be forked at record \(record): \(why)"
  }

  private var why: String {
    switch reason {
    case .noBoundary(let before, let after):
      let places = [before, after].compactMap { $0.map(String.init) }
      return "no batch of records ends there; use \(places.joined(separator: " or "))"
    case .ended(let outcome):
      return "it had ended there (\(outcome.rawValue)); use an earlier record"
    case .unknownArtifact(let name, let known):
      let names = known.map { "'\($0)'" }.joined(separator: ", ")
      return "its workflow has no artifact '\(name)' of its own; it has \(names)"
    case .repeatsEffects(let stages):
      return "the fork would perform again what happens at most once"
        + (stages.allSatisfy(\.isAtMostOnce) ? ": " : " or may have to be undone: ")
        + stages.map { "'\($0.address)'" }.joined(separator: ", ")
        + "; say that effects may be repeated if that is meant"
    }
  }
}
