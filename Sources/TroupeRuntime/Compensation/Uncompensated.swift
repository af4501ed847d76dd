/// Work of a run that was given up and could not be undone: a person has to see to it.
public struct Uncompensated: Sendable, Hashable, CustomStringConvertible {
  /// Why it could not be undone.
  public enum Reason: Sendable, Hashable {
    /// Its compensation failed for good, because of this.
    case failed(String)
    /// It was begun and gave nothing, and nobody knows whether it was done.
    case inDoubt
  }

  /// The address of the stage that did it, with the take if that is not the first.
  public let address: String
  /// Why it could not be undone.
  public let reason: Reason

  /// `'book/charge' could not be undone: the bank is closed`.
  public var description: String {
    switch reason {
    case .failed(let why): "'\(address)' could not be undone: \(why)"
    case .inDoubt: "'\(address)' was given up, and nobody knows whether it was done"
    }
  }
}

extension [Uncompensated] {
  /// As lines behind what a run came to; nothing if there is nothing to see to.
  var lines: String {
    isEmpty ? "" : "\n  to be seen to by hand:" + map { "\n    \($0)" }.joined()
  }
}
