extension JSONSchema {
  /// A key that an object has and its schema does not know.
  package struct UnknownKey: Hashable, Sendable {
    /// Where it stands, the key included: `sections[2].titel`.
    package let keyPath: String
    /// The key.
    package let key: String
    /// The known key that was probably meant.
    package let nearest: String?
  }

  /// The keys in a value that the schema does not know, with the known ones nearest to them; sorted
  /// within each object.
  ///
  /// Only objects whose keys are all known are judged.
  package func unknownKeys(in value: JSONValue) -> [UnknownKey] {
    unknownKeys(in: value, json, at: [])
  }

  private func unknownKeys(
    in value: JSONValue, _ schema: JSONValue, at path: [KeyPathText.Step]
  ) -> [UnknownKey] {
    let schema = SchemaReference.follow(schema, in: json)
    if case .array(let choices) = schema["anyOf"] {
      let fitting = choices.filter { Self.mayBe(SchemaReference.follow($0, in: json), value) }
      let found = fitting.map { unknownKeys(in: value, $0, at: path) }
      return found.min { $0.count < $1.count } ?? []
    }
    switch value {
    case .array(let elements):
      return elements.enumerated().flatMap { index, element in
        unknownKeys(in: element, schema.elementSchema(index), at: path + [.index(index)])
      }
    case .object(let members):
      let known = schema.knownKeys
      return value.sortedKeys.flatMap { key -> [UnknownKey] in
        let path = path + [.key(key)]
        guard let part = schema.memberSchema(key) else {
          guard schema["additionalProperties"] == false else { return [] }
          let free = known.filter { members[$0] == nil }
          return [
            UnknownKey(
              keyPath: KeyPathText.text(path), key: key, nearest: Nearest.match(key, in: free))
          ]
        }
        return members[key].map { unknownKeys(in: $0, part, at: path) } ?? []
      }
    default: return []
    }
  }

  /// Whether a schema's type allows the kind of a value.
  private static func mayBe(_ schema: JSONValue, _ value: JSONValue) -> Bool {
    guard let type = schema["type"] else { return true }
    return type == .string(value.kind.rawValue) || (type == "number" && value.kind == .integer)
  }

  /// The schema of the part of a value to which a path leads, references followed; `nil` where the
  /// schema does not say.
  package func part(at path: [KeyPathText.Step]) -> JSONValue? {
    var schemas = choices(json)
    for step in path {
      schemas = schemas.flatMap { schema -> [JSONValue] in
        switch step {
        case .key(let key): schema.memberSchema(key).map(choices) ?? []
        case .index(let index): choices(schema.elementSchema(index))
        case .elements: choices(schema.elementSchema(0))
        }
      }
    }
    return schemas.count > 1 ? ["anyOf": .array(schemas)] : schemas.first
  }

  private func choices(_ schema: JSONValue) -> [JSONValue] {
    let schema = SchemaReference.follow(schema, in: json)
    guard case .array(let choices) = schema["anyOf"] else { return [schema] }
    return choices.map { SchemaReference.follow($0, in: json) }
  }
}

extension JSONValue {
  /// The keys that an object's schema names: required ones in their order, then the others sorted.
  package var knownKeys: [String] {
    let required = requiredKeys
    return required + (self["properties"]?.sortedKeys ?? []).filter { !required.contains($0) }
  }

  /// The schema of a key's value; `nil` if the key is not known.
  fileprivate func memberSchema(_ key: String) -> JSONValue? {
    if let schema = self["properties"]?[key] { return schema }
    guard case .object = self["additionalProperties"] else { return nil }
    return self["additionalProperties"]
  }

  /// The schema of an array's element; `{}` if nothing is said.
  fileprivate func elementSchema(_ index: Int) -> JSONValue {
    if case .array(let schemas) = self["prefixItems"], schemas.indices.contains(index) {
      return schemas[index]
    }
    return self["items"] ?? [:]
  }
}
