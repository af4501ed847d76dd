import TroupePlan

/// What an agent used up for a delivery.
public struct Usage: Sendable, Hashable {
  /// The tokens that were read.
  public var inputTokens: Int
  /// The tokens that were written.
  public var outputTokens: Int
  /// What it cost, in the unit in which the members of the team have their prices; to the
  /// billionth.
  ///
  /// An agent reports only what its member's prices do not tell: the runtime adds these.
  public var cost: Double {
    get { Cost.value(units: costUnits) }
    set { costUnits = Cost.units(newValue) }
  }

  /// In billionths, so that sums do not depend on their order.
  private var costUnits: Int

  /// Creates a usage.
  ///
  /// - Parameters:
  ///   - inputTokens: The tokens that were read.
  ///   - outputTokens: The tokens that were written.
  ///   - cost: What it cost, in the unit in which the members of the team have their prices.
  public init(inputTokens: Int = 0, outputTokens: Int = 0, cost: Double = 0) {
    self.inputTokens = inputTokens
    self.outputTokens = outputTokens
    costUnits = cost == 0 ? 0 : Cost.units(cost)
  }

  /// What is charged and recorded of it: an agent may tell nonsense, but never gives anything back.
  var counted: Usage {
    var usage = self
    usage.inputTokens = RecordNumbers.clamped(inputTokens)
    usage.outputTokens = RecordNumbers.clamped(outputTokens)
    usage.costUnits = max(costUnits, 0)
    return usage
  }

  /// The sum of two usages; what is too large to be told is the largest there is.
  public static func + (left: Usage, right: Usage) -> Usage {
    var sum = left
    sum.inputTokens = left.inputTokens.plus(right.inputTokens)
    sum.outputTokens = left.outputTokens.plus(right.outputTokens)
    sum.costUnits = left.costUnits.plus(right.costUnits)
    return sum
  }
}

extension Usage: Codable {
  private enum CodingKeys: String, CodingKey {
    case inputTokens, outputTokens, cost
  }

  /// Reads a usage; what is missing is nothing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      inputTokens: try container.decodeIfPresent(Int.self, forKey: .inputTokens) ?? 0,
      outputTokens: try container.decodeIfPresent(Int.self, forKey: .outputTokens) ?? 0,
      cost: try container.decodeIfPresent(Double.self, forKey: .cost) ?? 0)
  }

  /// Writes a usage; a cost only if there is one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(inputTokens, forKey: .inputTokens)
    try container.encode(outputTokens, forKey: .outputTokens)
    if costUnits != 0 { try container.encode(cost, forKey: .cost) }
  }
}
