/// What a gate says about what a step wrote.
public struct Verdict: Sendable, Hashable, Codable {
  /// Whether the gate lets it pass.
  public let isAccepted: Bool
  /// Why; of a rejection it goes back as feedback to whoever does the work again.
  public let reason: String?

  /// The gate lets it pass.
  public static let accepted = Verdict(isAccepted: true, reason: nil)

  /// The gate lets it pass, although not all is well.
  ///
  /// - Parameter reason: What somebody had against it.
  package static func accepted(despite reason: String) -> Verdict {
    Verdict(isAccepted: true, reason: reason)
  }

  /// The gate rejects it.
  ///
  /// - Parameter reason: What is wrong, told to whoever does the work again.
  public static func rejected(_ reason: String) -> Verdict {
    Verdict(isAccepted: false, reason: reason)
  }
}
