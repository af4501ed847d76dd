/// A plan file that cannot be used: of another format, or damaged.
public struct PlanFormatError: Error, Sendable, CustomStringConvertible {
  /// What is wrong, and where.
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}

extension Plan {
  /// The plan as JSON (format 1).
  public var json: JSONValue { json(locations: true) }

  /// A hash of what the plan means, the same in every process and on every machine: SHA-256 (FIPS
  /// 180-4) over its canonical JSON without source locations, as 64 hexadecimal digits.
  public var fingerprint: String {
    SHA256.hexDigest(of: json(locations: false).canonicalText)
  }

  func json(locations: Bool) -> JSONValue {
    var members: [String: JSONValue] = [
      "format": .integer(Self.format),
      "workflow": .string(workflow),
      "input": input.json,
      "output": output.json,
      "nodes": .array(nodes.map { $0.json(locations: locations) }),
    ]
    if let version { members["version"] = .string(version) }
    if parameters != .object([:]) { members["parameters"] = parameters }
    if !roles.isEmpty { members["roles"] = .array(roles.map(\.json)) }
    return .object(members)
  }

  /// A plan from its JSON.
  ///
  /// - Throws: `PlanFormatError` if the JSON is of another format, does not have the form of a
  ///   plan, or holds limits, roles or nodes that `compile` would not let pass.
  public init(json: JSONValue) throws {
    let reader = PlanReader(json, at: "")
    guard reader.optional("format") != nil else {
      throw PlanFormatError("this is no plan: it has no 'format'")
    }
    let format = try reader["format"].integer()
    guard format == Self.format else {
      throw PlanFormatError(
        "this plan has format \(format), and this version of Troupe reads format \(Self.format)")
    }
    self.init(
      workflow: try reader["workflow"].string(),
      version: try reader.optional("version")?.string(),
      parameters: reader.optional("parameters")?.value ?? .object([:]),
      input: try ArtifactUse(reading: reader["input"]),
      output: try ArtifactUse(reading: reader["output"]),
      roles: try reader.list("roles").map { try Role(reading: $0) },
      nodes: try reader.list("nodes").map { try Node(reading: $0) })
    try checkShape()
  }
}

extension Plan: Codable {
  /// Reads the plan's JSON.
  public init(from decoder: any Decoder) throws {
    try self.init(json: JSONValue(from: decoder))
  }

  /// Writes the plan's JSON.
  public func encode(to encoder: any Encoder) throws {
    try json.encode(to: encoder)
  }
}

extension ArtifactUse {
  var json: JSONValue { ["name": .string(name), "type": .string(type)] }

  init(reading reader: PlanReader) throws {
    self.init(try reader["name"].string(), type: try reader["type"].string())
  }
}

extension Role {
  fileprivate var json: JSONValue {
    var members: [String: JSONValue] = ["id": .string(id)]
    if !skills.isEmpty { members["skills"] = .array(skills.map { .string($0) }) }
    if !instructions.isEmpty { members["instructions"] = .string(instructions) }
    if let reportsTo { members["reportsTo"] = .string(reportsTo) }
    return .object(members)
  }

  fileprivate init(reading reader: PlanReader) throws {
    self.init(
      try reader["id"].string(), skills: try reader.list("skills").map { try $0.string() },
      instructions: try reader.optional("instructions")?.string() ?? "",
      reportsTo: try reader.optional("reportsTo").map { Role(try $0.string()) })
  }
}
