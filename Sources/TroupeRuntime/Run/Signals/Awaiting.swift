import TroupePlan

/// A step that waits for something that only the outside can give.
public struct Awaiting: Sendable, Hashable, CustomStringConvertible {
  /// The step's address.
  public let address: String
  /// What it waits for.
  public let what: RunHistory.Awaited

  /// `'sell/approved' waits for signal 'approved'`.
  public var description: String {
    switch what {
    case .member(let role): "'\(address)' waits for a member who plays '\(role)'"
    case .signal(let name, nil): "'\(address)' waits for signal '\(name)'"
    case .signal(let name, let end?):
      "'\(address)' waits for signal '\(name)' until \(InstantText.text(of: end))"
    case .answer(let asking): "'\(address)' waits for \(asking.text)"
    case .instant(let end): "'\(address)' waits until \(InstantText.text(of: end))"
    }
  }
}
