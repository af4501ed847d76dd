extension Budget {
  /// So much of one quantity.
  public enum Amount: Sendable, Hashable {
    /// So much money, or whatever the members of the team have their prices in.
    case cost(Double)
    /// So many tokens.
    case tokens(Int)
    /// So much time.
    case time(Duration)
    /// So many starts of stages.
    case attempts(Int)

    /// What it is an amount of.
    public var quantity: Quantity {
      switch self {
      case .cost: .cost
      case .tokens: .tokens
      case .time: .time
      case .attempts: .attempts
      }
    }
  }
}

extension Budget.Amount {
  /// Whether it is less than another amount of the same quantity.
  package func isLess(than other: Budget.Amount) -> Bool {
    switch (self, other) {
    case (.cost(let own), .cost(let other)): own < other
    case (.tokens(let own), .tokens(let other)), (.attempts(let own), .attempts(let other)):
      own < other
    case (.time(let own), .time(let other)): own < other
    default: false
    }
  }

  /// Whether it is more than nothing.
  package var isPositive: Bool {
    switch self {
    case .cost(let cost): cost > 0 && cost.isFinite
    case .tokens(let count), .attempts(let count): count > 0
    case .time(let length): length > .zero
    }
  }

  /// What is left of it when another amount of the same quantity is taken away.
  package func minus(_ other: Budget.Amount) -> Budget.Amount {
    switch (self, other) {
    case (.cost(let own), .cost(let other)):
      .cost(Cost.value(units: Cost.units(own) - Cost.units(other)))
    case (.tokens(let own), .tokens(let other)): .tokens(own - other)
    case (.attempts(let own), .attempts(let other)): .attempts(own - other)
    case (.time(let own), .time(let other)): .time(own - other)
    default: self
    }
  }

  /// The number alone, with the unit of a time: `2.5`, `200000`, `1 h`.
  package var figure: String {
    switch self {
    case .cost(let cost): Cost.text(cost)
    case .tokens(let count), .attempts(let count): "\(count)"
    case .time(let length): DurationText.short(length)
    }
  }
}

extension Budget.Amount: CustomStringConvertible {
  /// `a cost of 2.5`, `200000 tokens`, `1 h`, `40 attempts`
  public var description: String {
    switch self {
    case .cost: "a cost of \(figure)"
    case .tokens(let count): count == 1 ? "1 token" : "\(figure) tokens"
    case .time: figure
    case .attempts(let count): count == 1 ? "1 attempt" : "\(figure) attempts"
    }
  }
}
