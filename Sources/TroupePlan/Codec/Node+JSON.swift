extension Node {
  func json(locations: Bool) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .integer(id), "path": .string(path.description), "kind": .string(kind.name),
      "name": .string(name),
    ]
    if let role { members["role"] = .string(role) }
    if !reads.isEmpty { members["reads"] = .array(reads.map(\.json)) }
    if !writes.isEmpty { members["writes"] = .array(writes.map(\.json)) }
    if !policies.isEmpty { members["policies"] = policies.json(locations: locations) }
    if !children.isEmpty { members["children"] = .array(children.map { .integer($0) }) }
    if let fallback { members["fallback"] = .integer(fallback) }
    if let details = kind.details { members[kind.name] = details }
    if locations, let location { members["location"] = .string(location.description) }
    return .object(members)
  }

  init(reading reader: PlanReader) throws {
    self.init(
      id: try reader["id"].integer(), path: Path(text: try reader["path"].string()),
      kind: try Kind(reading: reader), name: try reader["name"].string(),
      role: try reader.optional("role")?.string(),
      reads: try reader.list("reads").map { try ArtifactUse(reading: $0) },
      writes: try reader.list("writes").map { try ArtifactUse(reading: $0) },
      policies: try reader.optional("policies").map { try Policies(reading: $0) } ?? Policies(),
      children: try reader.list("children").map { try $0.integer() },
      fallback: try reader.optional("fallback")?.integer(),
      location: try reader.optional("location")?.location())
  }
}

extension Node.Kind {
  /// What a plan says of the kind beside its name.
  fileprivate var details: JSONValue? {
    switch self {
    case .stage, .sequence, .parallel, .dataflow, .race: nil
    case .choose(let choice): ["unmatched": .string(choice.unmatched.rawValue)]
    case .repeat(let repetition):
      [
        "limit": .integer(repetition.limit),
        "exhausted": .string(repetition.exhausted.rawValue),
      ]
    case .fanOut(let spread): spread.json
    case .call(let invocation): invocation.json
    case .wait(let waiting): waiting.json
    }
  }

  fileprivate init(reading reader: PlanReader) throws {
    let kind = try reader["kind"]
    switch try kind.string() {
    case "stage": self = .stage
    case "sequence": self = .sequence
    case "parallel": self = .parallel
    case "dataflow": self = .dataflow
    case "race": self = .race
    case "choose":
      self = .choose(Node.Choice(unmatched: try reader["choose"]["unmatched"].oneOf()))
    case "repeat":
      let details = try reader["repeat"]
      self = .repeat(
        Node.Repetition(
          limit: try details["limit"].integer(atLeast: 1),
          exhausted: try details["exhausted"].oneOf()))
    case "fan-out": self = .fanOut(try Node.Spread(reading: reader["fan-out"]))
    case "call": self = .call(try Node.Invocation(reading: reader["call"]))
    case "wait": self = .wait(try Node.Waiting(reading: reader["wait"]))
    default: throw kind.mismatch("a kind of node that this version of Troupe knows")
    }
  }
}

extension Node.Spread {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["element": element.json, "result": result.json]
    if let width { members["width"] = .integer(width) }
    if tolerated > 0 { members["tolerated"] = .integer(tolerated) }
    if endsEarly { members["endsEarly"] = true }
    if collectsOutcomes { members["collectsOutcomes"] = true }
    return .object(members)
  }

  fileprivate init(reading reader: PlanReader) throws {
    self.init(
      element: try ArtifactUse(reading: reader["element"]),
      result: try ArtifactUse(reading: reader["result"]),
      width: try reader.optional("width")?.integer(atLeast: 1),
      tolerated: try reader.optional("tolerated")?.integer(atLeast: 0) ?? 0,
      endsEarly: try reader.optional("endsEarly")?.bool() ?? false,
      collectsOutcomes: try reader.optional("collectsOutcomes")?.bool() ?? false)
  }
}

extension Node.Invocation {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = [
      "workflow": .string(workflow), "input": input.json, "output": output.json,
    ]
    if let version { members["version"] = .string(version) }
    return .object(members)
  }

  fileprivate init(reading reader: PlanReader) throws {
    self.init(
      workflow: try reader["workflow"].string(),
      version: try reader.optional("version")?.string(),
      input: try ArtifactUse(reading: reader["input"]),
      output: try ArtifactUse(reading: reader["output"]))
  }
}
