/// Budgets and estimates in a plan's JSON.
extension Budget {
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    for amount in amounts { members[amount.quantity.rawValue] = amount.json }
    return .object(members)
  }

  init(reading reader: PlanReader) throws {
    let reader = try reader.object()
    self.init(
      cost: try reader.optional("cost")?.cost(), tokens: try reader.optional("tokens")?.count(),
      time: try reader.optional("time")?.limit(),
      attempts: try reader.optional("attempts")?.count())
    guard !amounts.isEmpty else {
      throw reader.mismatch("limits of cost, tokens, time or attempts")
    }
  }
}

extension Budget.Amount {
  fileprivate var json: JSONValue {
    switch self {
    case .cost(let cost): .number(cost)
    case .tokens(let count), .attempts(let count): .integer(count)
    case .time(let length): .string(DurationText.iso(length))
    }
  }
}

extension Estimate {
  var json: JSONValue {
    var members: [String: JSONValue] = [:]
    if let cost { members["cost"] = .number(cost) }
    if let tokens { members["tokens"] = .integer(tokens) }
    return .object(members)
  }

  init(reading reader: PlanReader) throws {
    let reader = try reader.object()
    self.init(
      cost: try reader.optional("cost")?.cost(), tokens: try reader.optional("tokens")?.count())
    guard !isEmpty else { throw reader.mismatch("amounts of cost or tokens") }
  }
}

extension PlanReader {
  fileprivate func cost() throws -> Double {
    let cost = try number(in: 0..., "above 0")
    guard cost > 0 else { throw mismatch("a number above 0") }
    return cost
  }

  fileprivate func count() throws -> Int { try integer(atLeast: 1) }
}
