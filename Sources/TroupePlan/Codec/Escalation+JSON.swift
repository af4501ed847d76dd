extension Escalation {
  var json: JSONValue { .array(rules.map(\.json)) }

  init(reading rules: [PlanReader]) throws {
    self.init(rules: try rules.map { try Rule(reading: $0) })
  }
}

extension Escalation.Rule {
  fileprivate var json: JSONValue {
    [
      "on": .array(triggers.map { .string($0.text) }), "rungs": .array(rungs.map(\.json)),
    ]
  }

  fileprivate init(reading reader: PlanReader) throws {
    let reader = try reader.object()
    self.init(
      on: try reader.list("on").map { trigger in
        guard let known = Escalation.Trigger(text: try trigger.string()) else {
          throw trigger.mismatch("a trigger that this version of Troupe knows")
        }
        return known
      },
      rungs: try reader.list("rungs").map { try Escalation.Rung(reading: $0) })
  }
}

extension Escalation.Rung {
  fileprivate var json: JSONValue {
    switch self {
    case .retry: "retry"
    case .reassign(let role): ["reassign": .string(role)]
    case .ask(let node): ["ask": .integer(node)]
    case .notify(let name): ["notify": .string(name)]
    case .fallback(let node): ["fallback": .integer(node)]
    case .abort(let reason): ["abort": .string(reason)]
    }
  }

  fileprivate init(reading reader: PlanReader) throws {
    if let role = reader.optional("reassign") {
      self = .reassign(to: try role.string())
    } else if let node = reader.optional("ask") {
      self = .ask(node: try node.integer())
    } else if let name = reader.optional("notify") {
      self = .notify(try name.string())
    } else if let node = reader.optional("fallback") {
      self = .fallback(node: try node.integer())
    } else if let reason = reader.optional("abort") {
      self = .abort(reason: try reason.string())
    } else if try reader.string() == "retry" {
      self = .retry
    } else {
      throw reader.mismatch("a rung that this version of Troupe knows")
    }
  }
}
