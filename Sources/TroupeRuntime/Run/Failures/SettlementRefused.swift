/// What was said of work in doubt, and cannot be used.
public struct SettlementRefused: Error, Sendable, Hashable, CustomStringConvertible {
  /// Why.
  public enum Reason: Sendable, Hashable {
    /// Nothing is in doubt at the address; these are the addresses where something is.
    case nothingInDoubt(elsewhere: [String])
    /// What the work is said to have given is not what it gives.
    case wrongOutput(String)
    /// Something else has been said of the work before, and the run will take that.
    case superseded
  }

  /// The address of the work.
  public let address: String
  /// Why it is refused.
  public let reason: Reason

  /// What was refused and why, with the addresses that may have been meant.
  public var description: String {
    switch reason {
    case .nothingInDoubt(let elsewhere):
      let list = elsewhere.map { "'\($0)'" }.joined(separator: ", ")
      return "nothing is in doubt at '\(address)'"
        + (elsewhere.isEmpty ? ", nor anywhere else in the run" : "; in doubt is \(list)")
    case .superseded:
      return "something else has been handed in about '\(address)'; the run takes that when it "
        + "goes on"
    case .wrongOutput(let why): return "the output of '\(address)' cannot be used: \(why)"
    }
  }
}
