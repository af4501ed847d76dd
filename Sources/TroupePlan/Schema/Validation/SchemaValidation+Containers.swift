/// Keywords about arrays, objects, and schemas that are put together.
extension SchemaValidation {
  mutating func checkArray(
    _ value: JSONValue, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    guard case .array(let elements) = value else { return }
    if let least = try count("minItems", keywords), elements.count < least {
      violate("has \(elements.count) elements, fewer than \(least)")
    }
    if let most = try count("maxItems", keywords), elements.count > most {
      violate("has \(elements.count) elements, more than \(most)")
    }
    if keywords["uniqueItems"] == .bool(true), Set(elements).count < elements.count {
      violate("holds an element twice")
    }
    let first = try schemas("prefixItems", keywords) ?? []
    for (index, (element, schema)) in zip(elements, first).enumerated() {
      try check(element, at: .index(index), against: schema)
    }
    if let schema = keywords["items"] {
      for index in elements.indices.dropFirst(first.count) {
        try check(elements[index], at: .index(index), against: schema)
      }
    }
    guard let schema = keywords["contains"] else { return }
    var found = 0
    for element in elements where try satisfies(element, schema) { found += 1 }
    let least = try count("minContains", keywords) ?? 1
    if found < least {
      violate("holds \(found) of the elements of which it needs \(least)")
    }
    if let most = try count("maxContains", keywords), found > most {
      violate("holds \(found) of the elements of which it may have \(most)")
    }
  }

  mutating func checkObject(
    _ value: JSONValue, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    guard case .object(let object) = value else { return }
    if let least = try count("minProperties", keywords), object.count < least {
      violate("has \(object.count) keys, fewer than \(least)")
    }
    if let most = try count("maxProperties", keywords), object.count > most {
      violate("has \(object.count) keys, more than \(most)")
    }
    if let required = keywords["required"] {
      for name in try names(required, of: "required") where object[name] == nil {
        violate("has no '\(name)'")
      }
    }
    for (key, needed) in try members("dependentRequired", keywords) where object[key] != nil {
      for name in try names(needed, of: "dependentRequired") where object[name] == nil {
        violate("has '\(key)' but no '\(name)'")
      }
    }
    for (key, schema) in try members("dependentSchemas", keywords) where object[key] != nil {
      try check(value, against: schema)
    }
    try checkMembers(object.sorted { $0.key < $1.key }, keywords)
  }

  private mutating func checkMembers(
    _ object: [(key: String, value: JSONValue)], _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    let properties = Dictionary(
      try members("properties", keywords), uniquingKeysWith: { first, _ in first })
    let patterns = try members("patternProperties", keywords)
    for (key, value) in object {
      var isKnown = false
      if let schema = properties[key] {
        isKnown = true
        try check(value, at: .key(key), against: schema)
      }
      for (pattern, schema) in patterns where try matches(key, pattern) {
        isKnown = true
        try check(value, at: .key(key), against: schema)
      }
      if !isKnown, let schema = keywords["additionalProperties"] {
        try check(value, at: .key(key), against: schema)
      }
      if let schema = keywords["propertyNames"], try !satisfies(.string(key), schema) {
        violate("has the key '\(key)', which is no name that its keys may have")
      }
    }
  }

  /// Keywords that join schemas: all of them, any, one, not, and the one that a condition picks.
  mutating func checkTogether(
    _ value: JSONValue, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) {
    for schema in try schemas("allOf", keywords) ?? [] { try check(value, against: schema) }
    if let any = try schemas("anyOf", keywords) {
      var found = false
      for schema in any where try satisfies(value, schema) { found = true }
      if !found { violate("is \(value.summary), which fits none of \(any.count) schemas") }
    }
    if let one = try schemas("oneOf", keywords) {
      var found = 0
      for schema in one where try satisfies(value, schema) { found += 1 }
      if found != 1 {
        violate("is \(value.summary), which fits \(found) of \(one.count) schemas instead of one")
      }
    }
    if let schema = keywords["not"], try satisfies(value, schema) {
      violate("is \(value.summary), which is what it may not be")
    }
    guard let condition = keywords["if"] else { return }
    let branch = try satisfies(value, condition) ? keywords["then"] : keywords["else"]
    if let branch { try check(value, against: branch) }
  }
}
