/// What the tokens of a member cost, in the unit in which the team has its prices.
public struct TokenPrice: Sendable, Hashable {
  /// What a million tokens cost that are read.
  public let input: Double
  /// What a million tokens cost that are written.
  public let output: Double

  /// Creates a price.
  package init(input: Double, output: Double) {
    self.input = input
    self.output = output
  }
}

extension Member {
  /// What an assignment costs that used this up, the member's prices included.
  func priced(_ usage: Usage) -> Usage {
    var usage = usage
    usage.cost += cost
    if let price {
      usage.cost +=
        (Double(usage.inputTokens) * price.input + Double(usage.outputTokens) * price.output) / 1e6
    }
    return usage
  }

  /// What so many tokens cost at most.
  func cost(ofTokens tokens: Int) -> Double {
    cost + (price.map { Double(tokens) * max($0.input, $0.output) / 1e6 } ?? 0)
  }
}
