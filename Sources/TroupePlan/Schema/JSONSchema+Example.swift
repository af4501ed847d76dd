extension JSONSchema {
  /// A value that fits the schema, to show people and agents what is wanted.
  ///
  /// The first of `examples`, the `default`, the `const` or the first case of an `enum` where there
  /// is one; else "…" for text, 0 for numbers, `false`, one instant, one element in each array. A
  /// type that contains itself ends with an empty array, or leaves out the key that may be absent.
  public func example() -> JSONValue {
    ExampleMaker(root: json).example(json, references: []) ?? .null
  }
}

/// Makes the example of a schema.
private struct ExampleMaker {
  let root: JSONValue

  /// The example, or `nil` if it would have no end.
  func example(_ schema: JSONValue, references: [String]) -> JSONValue? {
    for key in ["examples", "enum"] {
      if case .array(let values) = schema[key], let first = values.first { return first }
    }
    if let value = schema["const"] ?? schema["default"] { return value }
    if case .string(let reference) = schema["$ref"] {
      guard !references.contains(reference) else { return nil }
      return example(
        SchemaReference.resolve(reference, in: root), references: references + [reference])
    }
    for key in ["anyOf", "oneOf"] {
      guard case .array(let schemas) = schema[key] else { continue }
      return schemas.lazy.compactMap { example($0, references: references) }.first
    }
    switch kind(of: schema) {
    case "object": return object(schema, references)
    case "array": return array(schema, references)
    case "integer", "number": return schema["minimum"] ?? 0
    case "boolean": return false
    case "null": return .null
    default:
      let text = ExampleText.text(format: schema["format"], encoding: schema["contentEncoding"])
      return .string(text)
    }
  }

  private func kind(of schema: JSONValue) -> JSONValue? {
    if case .array(let kinds) = schema["type"] { return kinds.first }
    return schema["type"]
  }

  private func object(_ schema: JSONValue, _ references: [String]) -> JSONValue? {
    var members: [String: JSONValue] = [:]
    if case .object(let properties) = schema["properties"] {
      let required = schema.requiredKeys
      for (key, property) in properties {
        if let value = example(property, references: references) {
          members[key] = value
        } else if required.contains(key) {
          return nil
        }
      }
    }
    if case .object = schema["additionalProperties"], let value = schema["additionalProperties"] {
      if let example = example(value, references: references) {
        members[key(schema["propertyNames"])] = example
      }
    }
    return .object(members)
  }

  private func key(_ names: JSONValue?) -> String {
    if case .array(let keys) = names?["enum"], case .string(let key) = keys.first { return key }
    return names?["pattern"] == nil ? ExampleText.string : "0"
  }

  private func array(_ schema: JSONValue, _ references: [String]) -> JSONValue? {
    if case .array(let schemas) = schema["prefixItems"] {
      let elements = schemas.compactMap { example($0, references: references) }
      return elements.count == schemas.count ? .array(elements) : nil
    }
    guard case .object = schema["items"], let items = schema["items"] else { return [] }
    return .array(example(items, references: references).map { [$0] } ?? [])
  }
}
