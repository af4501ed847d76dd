public import TroupePlan

/// A budget in which there is no room left for work to go on.
public struct BudgetExhaustion: Sendable, Hashable {
  /// The limit that is reached.
  public let limit: Budget.Amount
  /// What is charged against it: what was used, and what is reserved for attempts of which nobody
  /// knows what they have used.
  public let spent: Budget.Amount
  /// What the start needed for which there was no room; `nil` if that was not known, or if it is
  /// the time that is over.
  public let needed: Budget.Amount?

  init(limit: Budget.Amount, spent: Budget.Amount, needed: Budget.Amount? = nil) {
    self.limit = limit
    self.spent = spent
    self.needed = needed
  }

  /// By how much more was used than allowed; `nil` if it was not.
  public var overdraft: Budget.Amount? {
    limit.isLess(than: spent) ? spent.minus(limit) : nil
  }

  /// A limit with which the work could go on: twice as much, or twice what is spent.
  var example: Budget.Amount {
    let base = limit.isLess(than: spent) ? spent : limit
    return switch base {
    case .cost(let cost): .cost(2 * cost)
    case .tokens(let tokens): .tokens(tokens.plus(tokens))
    case .time(let length): .time(length * 2)
    case .attempts(let attempts): .attempts(attempts.plus(attempts))
    }
  }
}

extension BudgetExhaustion: CustomStringConvertible {
  /// `used up its budget of 200000 tokens: 214000 spent, 14000 more than allowed`
  public var description: String {
    if let overdraft {
      return "used up its budget of \(limit): \(spent.figure) spent, \(overdraft.figure) more than "
        + "allowed"
    }
    guard spent.isLess(than: limit), let needed else { return "used up its budget of \(limit)" }
    return "cannot go on within its budget of \(limit): \(spent.figure) spent, and "
      + "\(needed.figure) more needed"
  }
}

/// Exhausted budgets in journals.
extension BudgetExhaustion {
  init?(_ json: JSONValue) {
    let reader = RecordReader(json)
    guard let limit = Budget.Amount(reader.json["limit"]) else { return nil }
    self.init(
      limit: limit, spent: Budget.Amount(reader.json["spent"]) ?? limit,
      needed: Budget.Amount(reader.json["needed"]))
  }

  var json: JSONValue {
    var members: [String: JSONValue] = ["limit": limit.recorded, "spent": spent.recorded]
    members["needed"] = needed?.recorded
    return .object(members)
  }
}

/// Amounts in journals: `{"tokens": 200000}`.
extension Budget.Amount {
  init?(_ json: JSONValue?) {
    guard let json, case .object(let members) = json, let key = members.keys.first,
      let quantity = Budget.Quantity(rawValue: key)
    else { return nil }
    let reader = RecordReader(json)
    switch quantity {
    case .cost: self = .cost(reader.number(key))
    case .tokens: self = .tokens(reader.integer(key))
    case .time: self = .time(reader.duration(key))
    case .attempts: self = .attempts(reader.integer(key))
    }
  }

  var recorded: JSONValue {
    let value: JSONValue =
      switch self {
      case .cost(let cost): .number(cost)
      case .tokens(let count), .attempts(let count): .integer(RecordNumbers.clamped(count))
      case .time(let length): .string(DurationText.iso(RecordNumbers.clamped(length)))
      }
    return [quantity.rawValue: value]
  }
}
