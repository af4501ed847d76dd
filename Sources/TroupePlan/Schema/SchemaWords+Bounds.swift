extension SchemaWords {
  /// What else a schema asks of a value: `from 0 to 100`, `more than 0`, `at most 40 characters`;
  /// `nil` if it asks nothing else.
  static func bounds(_ schema: JSONValue) -> String? {
    var parts: [String] = []
    switch (text(schema["minimum"]), text(schema["maximum"])) {
    case (let least?, let most?): parts.append("from \(least) to \(most)")
    case (let least?, nil): parts.append("\(least) or more")
    case (nil, let most?): parts.append("at most \(most)")
    case (nil, nil): break
    }
    if let limit = text(schema["exclusiveMinimum"]) { parts.append("more than \(limit)") }
    if let limit = text(schema["exclusiveMaximum"]) { parts.append("less than \(limit)") }
    if let step = text(schema["multipleOf"]) { parts.append("a multiple of \(step)") }
    for (least, most, things) in [
      ("minLength", "maxLength", "characters"), ("minItems", "maxItems", "elements"),
    ] {
      if let count = text(schema[least]) { parts.append("at least \(count) \(things)") }
      if let count = text(schema[most]) { parts.append("at most \(count) \(things)") }
    }
    if let pattern = text(schema["pattern"]) { parts.append("that matches \(pattern)") }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func text(_ limit: JSONValue?) -> String? { limit?.canonicalText }
}

extension JSONSchema {
  /// What the schema asks of a value beside its type, in words: `from 0 to 100`.
  package var bounds: String? { part(at: []).flatMap { SchemaWords.bounds($0) } }

  /// What a value means, as the schema's author says it.
  package var meaning: String? {
    guard case .string(let text)? = part(at: [])?["description"] else { return nil }
    return text
  }
}
