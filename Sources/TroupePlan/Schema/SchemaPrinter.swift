/// Writes what a probe gathered as a JSON Schema.
///
/// Types that refer to themselves stand under `$defs`; all others are written where they are used.
struct SchemaPrinter {
  private let names: [ObjectIdentifier: String]
  private let nodeNames: [ObjectIdentifier: String]
  private let recursive: [(name: String, node: SchemaNode)]
  private var definitions: [String: JSONValue] = [:]

  init(session: ProbeSession) {
    var names: [ObjectIdentifier: String] = [:]
    var nodeNames: [ObjectIdentifier: String] = [:]
    var recursive: [(name: String, node: SchemaNode)] = []
    for id in session.recursive {
      guard let (type, node) = session.nodes[id] else { continue }
      let short = Self.identifier(TypeName.short(of: type))
      let isTaken = recursive.contains { $0.name == short }
      var name = isTaken ? Self.identifier(TypeName.of(type)) : short
      while recursive.contains(where: { $0.name == name }) { name += "_" }
      names[id] = name
      nodeNames[ObjectIdentifier(node)] = name
      recursive.append((name, node))
    }
    self.names = names
    self.nodeNames = nodeNames
    self.recursive = recursive
  }

  mutating func root(_ node: SchemaNode) -> JSONValue {
    // The root is written out even if it is a definition, since many take no bare reference there.
    var schema = describe(node, isDefinition: true)
    for (name, node) in recursive {
      definitions[name] = .object(describe(node, isDefinition: true))
    }
    if !definitions.isEmpty { schema["$defs"] = .object(definitions) }
    return .object(schema)
  }

  private mutating func describe(
    _ node: SchemaNode, isDefinition: Bool = false
  ) -> [String: JSONValue] {
    if !isDefinition, let name = nodeNames[ObjectIdentifier(node)] { return Self.reference(name) }
    let schema = describeShape(node)
    return node.isNullable ? Self.nullable(schema) : schema
  }

  private static func reference(_ name: String) -> [String: JSONValue] {
    ["$ref": .string("#/$defs/\(name)")]
  }

  private mutating func describeShape(_ node: SchemaNode) -> [String: JSONValue] {
    switch node.shape {
    case .unknown: return [:]
    case .schema(let schema): return hoist(schema)
    case .object: return object(node)
    case .dictionary(let value, let keys):
      var schema: [String: JSONValue] = [
        "type": "object", "additionalProperties": .object(describe(value)),
      ]
      if let keys { schema["propertyNames"] = .object(keys) }
      return schema
    case .array(let element, let isUnique):
      var schema: [String: JSONValue] = ["type": "array", "items": .object(describe(element))]
      if isUnique { schema["uniqueItems"] = true }
      return schema
    case .list: return list(node)
    case .alias(let other): return describe(other)
    case .nullable(let wrapped): return Self.nullable(describe(wrapped))
    case .union(let nodes): return Self.anyOf(nodes.map { describe($0) })
    case .reference(let id): return names[id].map { Self.reference($0) } ?? [:]
    }
  }

  private mutating func object(_ node: SchemaNode) -> [String: JSONValue] {
    var properties: [String: JSONValue] = [:]
    for property in node.properties {
      // Whoever reads a key if it is there takes `null` for absence; offering both helps nobody.
      let schema = property.isRequired ? describe(property.node) : describeShape(property.node)
      properties[property.key] = .object(schema)
    }
    let required = node.properties.filter(\.isRequired).map { JSONValue.string($0.key) }
    var schema: [String: JSONValue] = ["type": "object"]
    if !properties.isEmpty || !node.isIncomplete { schema["properties"] = .object(properties) }
    if !required.isEmpty { schema["required"] = .array(required) }
    if !node.isIncomplete { schema["additionalProperties"] = false }
    return schema
  }

  private mutating func list(_ node: SchemaNode) -> [String: JSONValue] {
    let elements = node.elements.map { describe($0) }
    if node.isOpenList {
      return ["type": "array", "items": .object(Self.anyOf(elements))]
    }
    var schema: [String: JSONValue] = ["type": "array"]
    if !elements.isEmpty {
      schema["prefixItems"] = .array(elements.map { .object($0) })
      schema["minItems"] = .integer(elements.count)
      if !node.isIncomplete { schema["items"] = false }
    }
    return schema
  }

  /// Moves the definitions of a schema written by hand to the root, where its references point.
  private mutating func hoist(_ schema: [String: JSONValue]) -> [String: JSONValue] {
    guard case .object(let own) = schema["$defs"] else { return schema }
    definitions.merge(own) { $1 }
    return schema.filter { $0.key != "$defs" }
  }

  private static func nullable(_ schema: [String: JSONValue]) -> [String: JSONValue] {
    schema.isEmpty ? schema : anyOf([schema, ["type": "null"]])
  }

  private static func anyOf(_ schemas: [[String: JSONValue]]) -> [String: JSONValue] {
    var distinct: [[String: JSONValue]] = []
    for schema in schemas where !distinct.contains(schema) { distinct.append(schema) }
    guard distinct.count > 1 else { return distinct.first ?? [:] }
    return ["anyOf": .array(distinct.map { .object($0) })]
  }

  /// Letters, digits and `_`, since the name stands in a URI's fragment.
  private static func identifier(_ name: String) -> String {
    var identifier = ""
    for character in name {
      let isPlain = character.isASCII && (character.isLetter || character.isNumber)
      identifier.append(isPlain ? character : "_")
    }
    while identifier.last == "_" { identifier.removeLast() }
    return identifier
  }
}
