/// What one assignment may use up at most, as far as that is known beforehand.
///
/// It is reserved in the budgets around a stage before each of its attempts starts, and replaced by
/// what the attempt has really used.
public struct Estimate: Sendable, Hashable {
  /// The amounts, at most one of each quantity, in the order of the quantities.
  private let amounts: [Budget.Amount]

  /// Creates an estimate.
  ///
  /// - Parameters:
  ///   - cost: What an assignment costs at most; without it, what the member's prices make of the
  ///     tokens.
  ///   - tokens: The tokens that are read and written for it at most.
  public init(cost: Double? = nil, tokens: Int? = nil) {
    amounts = Budget(cost: cost, tokens: tokens).amounts
  }

  /// What an assignment costs at most; `nil` if that is not said.
  public var cost: Double? {
    for case .cost(let cost) in amounts { return cost }
    return nil
  }

  /// The tokens that are read and written for an assignment at most; `nil` if that is not said.
  public var tokens: Int? {
    for case .tokens(let tokens) in amounts { return tokens }
    return nil
  }

  /// Whether nothing is estimated.
  package var isEmpty: Bool { amounts.isEmpty }

  /// The amount of a quantity; `nil` if it is not estimated.
  package subscript(quantity: Budget.Quantity) -> Budget.Amount? {
    amounts.first { $0.quantity == quantity }
  }
}

extension Estimate: CustomStringConvertible {
  /// `a cost of 0.02, 5000 tokens`
  public var description: String { amounts.map(\.description).joined(separator: ", ") }
}
