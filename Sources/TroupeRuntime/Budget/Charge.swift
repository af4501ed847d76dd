import TroupePlan

/// What is charged to budgets, or reserved in them; times are kept elsewhere.
struct Charge: Sendable, Hashable {
  /// The cost in billionths.
  var cost = 0
  var tokens = 0
  var attempts = 0

  init(cost: Int = 0, tokens: Int = 0, attempts: Int = 0) {
    self.cost = cost
    self.tokens = tokens
    self.attempts = attempts
  }

  /// What one attempt is charged that used this up.
  init(_ usage: Usage) {
    self.init(
      cost: Cost.units(usage.cost), tokens: usage.inputTokens.plus(usage.outputTokens), attempts: 1)
  }

  static func + (left: Charge, right: Charge) -> Charge {
    Charge(
      cost: left.cost.plus(right.cost), tokens: left.tokens.plus(right.tokens),
      attempts: left.attempts.plus(right.attempts))
  }

  static func - (left: Charge, right: Charge) -> Charge {
    Charge(
      cost: left.cost.minus(right.cost), tokens: left.tokens.minus(right.tokens),
      attempts: left.attempts.minus(right.attempts))
  }

  static func += (left: inout Charge, right: Charge) { left = left + right }

  /// Of each quantity the larger one.
  static func larger(_ left: Charge, _ right: Charge) -> Charge {
    Charge(
      cost: max(left.cost, right.cost), tokens: max(left.tokens, right.tokens),
      attempts: max(left.attempts, right.attempts))
  }

  /// How much it is of a quantity; no time.
  func amount(of quantity: Budget.Quantity) -> Budget.Amount {
    switch quantity {
    case .cost: .cost(Cost.value(units: cost))
    case .tokens: .tokens(tokens)
    case .time: .time(.zero)
    case .attempts: .attempts(attempts)
    }
  }
}

/// Charges in journals.
extension Charge {
  /// What a member of a record holds; nothing where it is missing.
  init(_ json: JSONValue?) {
    let reader = RecordReader(json ?? [:])
    self.init(
      cost: Cost.units(reader.number("cost")), tokens: reader.integer("tokens"),
      attempts: reader.integer("attempts"))
  }

  var json: JSONValue { .object(members) }

  /// The members of that: what is nothing is left out.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    if cost != 0 { members["cost"] = .number(Cost.value(units: cost)) }
    if tokens != 0 { members["tokens"] = .integer(RecordNumbers.clamped(tokens)) }
    if attempts != 0 { members["attempts"] = .integer(RecordNumbers.clamped(attempts)) }
    return members
  }
}
