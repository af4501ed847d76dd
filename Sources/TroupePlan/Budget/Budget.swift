/// How much a step may use up in all, over all its rounds, elements, takes and attempts.
///
/// Any number of quantities can be limited; of those that are not, any amount may be used. What is
/// inside of the step may have a budget of its own, which holds as well.
public struct Budget: Sendable, Hashable {
  /// What can be limited.
  public enum Quantity: String, Sendable, Hashable, Codable, CaseIterable {
    /// What it costs, in the unit in which the members of the team have their prices.
    case cost
    /// The tokens that agents read and write.
    case tokens
    /// The time during which a process works on it.
    case time
    /// The starts of stages, whoever does their work.
    case attempts
  }

  /// The limits, at most one of each quantity, in the order of the quantities.
  public private(set) var amounts: [Amount]

  /// Creates a budget.
  ///
  /// - Parameters:
  ///   - cost: What it may cost, in the unit in which the members of the team have their prices.
  ///   - tokens: The tokens that agents may read and write.
  ///   - time: The time during which a process may work on it; while the run is stopped, no time
  ///     passes.
  ///   - attempts: The starts of stages.
  public init(
    cost: Double? = nil, tokens: Int? = nil, time: Duration? = nil, attempts: Int? = nil
  ) {
    // A list, because most steps have no budget and are not to be larger for it.
    amounts = [
      cost.map { .cost($0) }, tokens.map { .tokens($0) }, time.map { .time($0) },
      attempts.map { .attempts($0) },
    ].compactMap(\.self)
  }

  /// The limit of a quantity; `nil` if it has none.
  public subscript(quantity: Quantity) -> Amount? {
    amounts.first { $0.quantity == quantity }
  }

  /// The budget with another limit of its quantity, if it has one.
  package func replacing(_ amount: Amount) -> Budget {
    var budget = self
    for index in budget.amounts.indices where budget.amounts[index].quantity == amount.quantity {
      budget.amounts[index] = amount
    }
    return budget
  }

  /// Both budgets at once: of each quantity the smaller limit.
  package func within(_ other: Budget) -> Budget {
    var budget = self
    budget.amounts = Quantity.allCases.compactMap { quantity in
      guard let own = self[quantity], let others = other[quantity] else {
        return self[quantity] ?? other[quantity]
      }
      return others.isLess(than: own) ? others : own
    }
    return budget
  }
}

extension Budget: CustomStringConvertible {
  /// `a cost of 2.5, 200000 tokens, 1 h, 40 attempts`
  public var description: String { amounts.map(\.description).joined(separator: ", ") }
}
