import TroupePlan

/// A signal that a run does not take.
public struct SignalRefused: Error, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable, Hashable {
    /// No step of the run's plan waits for a signal of this name; these are the names there are.
    case unknown(known: [String])
    /// The payload is not what the waits for the signal take.
    case wrongPayload(String)
    /// The run has ended.
    case ended
  }

  /// The name of the signal.
  public let signal: String
  /// Why it is refused.
  public let reason: Reason

  package init(_ signal: String, _ reason: Reason) {
    self.signal = signal
    self.reason = reason
  }

  /// What was refused and why, with the name that was probably meant.
  public var description: String {
    switch reason {
    case .unknown(let known):
      let nearest = Nearest.match(signal, in: known).map { "; did you mean '\($0)'?" }
      let others =
        known.isEmpty
        ? "; it waits for no signal at all"
        : "; it waits for \(known.map { "'\($0)'" }.joined(separator: ", "))"
      return "no step of the run waits for signal '\(signal)'\(nearest ?? others)"
    case .wrongPayload(let why): return "the payload of signal '\(signal)' cannot be used: \(why)"
    case .ended: return "signal '\(signal)' comes too late: the run has ended"
    }
  }
}
