import TroupePlan

/// Failures as journals hold them. What cannot be written down, the errors of user code, keeps its
/// words.
extension Failure {
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "address": .string(address.description), "take": .integer(take),
      "attempts": .integer(attempts), "cause": cause.json,
    ]
    if let member { members["member"] = .string(member) }
    if !others.isEmpty { members["others"] = .array(others.map(\.json)) }
    return .object(members)
  }

  /// A failure that a journal holds; `nil` if it has another form.
  init?(json: JSONValue, reader: AddressReader) {
    guard case .string(let place)? = json["address"], let address = reader.address(place),
      case .integer(let take)? = json["take"], case .integer(let attempts)? = json["attempts"],
      let cause = json["cause"]
    else { return nil }
    var others: [Failure] = []
    if case .array(let list)? = json["others"] {
      others = list.compactMap { Failure(json: $0, reader: reader) }
    }
    var member: String?
    if case .string(let name)? = json["member"] { member = name }
    self.init(
      address: address, take: take, attempts: attempts, member: member,
      cause: Cause(json: cause), others: others, location: reader.plan.nodes[address.node].location)
  }
}

extension Failure.Cause {
  /// The cause of a failed attempt.
  init(_ error: any Error) {
    if let undecodable = error as? Undecodable {
      self = .undecodable(reason: undecodable.reason, turns: undecodable.turns)
    } else if let concern = error as? Concern {
      self = .concern(concern)
    } else if let nobody = error as? NobodyPlays {
      self = .noMember(role: nobody.role)
    } else if let nobody = error as? NobodyElsePlays {
      self = .noMember(role: nobody.role)
    } else {
      self = .error(error is CancellationError ? UnaskedCancellation() : error)
    }
  }

  var json: JSONValue {
    func text(_ duration: Duration) -> JSONValue { .string(DurationText.iso(duration)) }
    switch self {
    case .error(let error): return ["type": "error", "text": .string("\(error)")]
    case .timedOut(let limit): return ["type": "timedOut", "limit": text(limit)]
    case .deadlinePassed(let limit): return ["type": "deadlinePassed", "limit": text(limit)]
    case .undecodable(let reason, let turns):
      return ["type": "undecodable", "reason": .string(reason), "turns": .integer(turns)]
    case .rejected(let gate, let reason, let takes):
      return [
        "type": "rejected", "gate": .string(gate), "reason": .string(reason),
        "takes": .integer(takes),
      ]
    case .gateFailed(let gate, let error):
      return ["type": "gateFailed", "gate": .string(gate), "text": .string("\(error)")]
    case .exhausted(let rounds): return ["type": "exhausted", "rounds": .integer(rounds)]
    case .nothingMatched: return ["type": "nothingMatched"]
    case .allFailed: return ["type": "allFailed"]
    case .signalMissed(let name, let limit):
      return ["type": "signalMissed", "signal": .string(name), "limit": text(limit)]
    case .inDoubt(let reason, let key):
      return ["type": "inDoubt", "reason": .string(reason), "key": .string(key)]
    case .concern(let concern):
      return [
        "type": "concern", "kind": .string(concern.kind.rawValue), "text": .string(concern.reason),
      ]
    case .budgetExhausted(let exhaustion):
      return ["type": "budgetExhausted", "budget": exhaustion.json]
    case .noMember(let role): return ["type": "noMember", "role": .string(role)]
    case .tooManyFailed(let count, let tolerated):
      return ["type": "tooManyFailed", "count": .integer(count), "tolerated": .integer(tolerated)]
    }
  }

  /// A cause that a journal holds; one of an unknown form is an error that shows it.
  init(json: JSONValue) {
    let reader = RecordReader(json)
    switch reader.string("type") {
    case "error": self = .error(RecordedError(description: reader.string("text")))
    case "timedOut": self = .timedOut(reader.duration("limit"))
    case "deadlinePassed": self = .deadlinePassed(reader.duration("limit"))
    case "undecodable":
      self = .undecodable(reason: reader.string("reason"), turns: reader.integer("turns"))
    case "rejected":
      self = .rejected(
        gate: reader.string("gate"), reason: reader.string("reason"),
        takes: reader.integer("takes"))
    case "gateFailed":
      self = .gateFailed(
        gate: reader.string("gate"), RecordedError(description: reader.string("text")))
    case "exhausted": self = .exhausted(rounds: reader.integer("rounds"))
    case "nothingMatched": self = .nothingMatched
    case "allFailed": self = .allFailed
    case "tooManyFailed":
      self = .tooManyFailed(reader.integer("count"), tolerated: reader.integer("tolerated"))
    case "signalMissed":
      self = .signalMissed(reader.string("signal"), within: reader.duration("limit"))
    case "inDoubt":
      self = .inDoubt(reason: reader.string("reason"), idempotencyKey: reader.string("key"))
    case "concern":
      self = .concern(
        Concern(Concern.Kind(rawValue: reader.string("kind")), reader.string("text")))
    case "budgetExhausted":
      self =
        BudgetExhaustion(json["budget"] ?? [:]).map { .budgetExhausted($0) }
        ?? .error(RecordedError(description: json.canonicalText))
    case "noMember": self = .noMember(role: reader.string("role"))
    default: self = .error(RecordedError(description: json.canonicalText))
    }
  }
}

/// An error of which a journal has kept the words.
struct RecordedError: Error, CustomStringConvertible {
  let description: String
}
