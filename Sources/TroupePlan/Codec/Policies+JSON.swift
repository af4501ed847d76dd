extension Policies {
  func json(locations: Bool) -> JSONValue {
    var members: [String: JSONValue] = [:]
    if !gates.isEmpty { members["gates"] = .array(gates.map { $0.json(locations: locations) }) }
    if let retry { members["retry"] = retry.json }
    if let timeout { members["timeout"] = .string(DurationText.iso(timeout)) }
    if let deadline { members["deadline"] = .string(DurationText.iso(deadline)) }
    if occurrence != .atLeastOnce { members["occurrence"] = .string(occurrence.rawValue) }
    if let priority { members["priority"] = .integer(priority) }
    if let budget { members["budget"] = budget.json }
    if let estimate { members["estimate"] = estimate.json }
    if let escalation { members["escalation"] = escalation.json }
    if let compensation { members["compensation"] = compensation.json }
    if onFailure != .compensate { members["onFailure"] = .string(onFailure.rawValue) }
    return .object(members)
  }

  init(reading reader: PlanReader) throws {
    self.init()
    let reader = try reader.object()
    gates = try reader.list("gates").map { try Gate(reading: $0) }
    retry = try reader.optional("retry").map { try Retry(reading: $0) }
    timeout = try reader.optional("timeout")?.limit()
    deadline = try reader.optional("deadline")?.limit()
    occurrence = try reader.optional("occurrence")?.oneOf() ?? .atLeastOnce
    priority = try reader.optional("priority")?.integer()
    budget = try reader.optional("budget").map { try Budget(reading: $0) }
    estimate = try reader.optional("estimate").map { try Estimate(reading: $0) }
    if reader.optional("escalation") != nil {
      escalation = try Escalation(reading: reader.list("escalation"))
    }
    compensation = try reader.optional("compensation").map { try Compensation(reading: $0) }
    onFailure = try reader.optional("onFailure")?.oneOf() ?? .compensate
  }
}

extension Compensation {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [:]
    if let finished { members["finished"] = .integer(finished) }
    if let unfinished { members["unfinished"] = .integer(unfinished) }
    return .object(members)
  }

  fileprivate init(reading reader: PlanReader) throws {
    let reader = try reader.object()
    self.init(
      finished: try reader.optional("finished")?.integer(),
      unfinished: try reader.optional("unfinished")?.integer())
  }
}

extension Gate {
  fileprivate func json(locations: Bool) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(name), "judges": .array(judges.map(\.json)), "otherwise": otherwise.json,
    ]
    if let review { members["review"] = review.json }
    if locations, let location { members["location"] = .string(location.description) }
    return .object(members)
  }

  fileprivate init(reading reader: PlanReader) throws {
    self.init(
      try reader["name"].string(),
      judges: try reader.list("judges").map { try ArtifactUse(reading: $0) },
      review: try reader.optional("review").map { try Review(reading: $0) },
      otherwise: try Rejection(reading: reader["otherwise"]),
      location: try reader.optional("location")?.location())
  }
}

extension Gate.Review {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["node": .integer(node)]
    if isIndependent { members["independent"] = true }
    if let passing { members["passing"] = .number(passing) }
    if let quorum {
      members["quorum"] = [
        "needed": .integer(quorum.needed), "reviewers": .integer(quorum.reviewers),
      ]
    }
    return .object(members)
  }

  fileprivate init(reading reader: PlanReader) throws {
    self.init(
      node: try reader["node"].integer(),
      quorum: try reader.optional("quorum").map { quorum in
        Quorum(
          try quorum["needed"].integer(atLeast: 1), of: try quorum["reviewers"].integer(atLeast: 1))
      },
      isIndependent: try reader.optional("independent")?.bool() ?? false,
      passing: try reader.optional("passing")?.number(in: 0...1, "from 0 to 1"))
  }
}

extension Rejection {
  fileprivate var json: JSONValue {
    switch self {
    case .fail: "fail"
    case .accept: "accept"
    case .escalate: "escalate"
    case .rework(let limit, let then):
      [
        "rework": .integer(limit), "then": .string(then.rawValue),
      ]
    }
  }

  fileprivate init(reading reader: PlanReader) throws {
    if let limit = reader.optional("rework") {
      self = .rework(upTo: try limit.integer(atLeast: 1), then: try reader["then"].oneOf())
    } else {
      let exhaustion: Exhaustion = try reader.oneOf()
      self =
        switch exhaustion {
        case .fail: .fail
        case .accept: .accept
        case .escalate: .escalate
        }
    }
  }
}

extension Retry {
  fileprivate var json: JSONValue {
    guard backoff != .none else { return ["attempts": .integer(attempts)] }
    return [
      "attempts": .integer(attempts),
      "backoff": [
        "initial": .string(DurationText.iso(backoff.initial)),
        "factor": .number(backoff.factor),
        "limit": .string(DurationText.iso(backoff.limit)),
        "jitter": .number(backoff.jitter),
      ],
    ]
  }

  fileprivate init(reading reader: PlanReader) throws {
    self.init(attempts: try reader["attempts"].integer(atLeast: 1))
    guard let backoff = reader.optional("backoff") else { return }
    self.backoff = Backoff(
      initial: try backoff["initial"].duration(),
      factor: try backoff["factor"].number(in: 1..., "from 1 on"),
      limit: try backoff["limit"].duration(),
      jitter: try backoff["jitter"].number(in: 0...1, "from 0 to 1"))
  }
}
