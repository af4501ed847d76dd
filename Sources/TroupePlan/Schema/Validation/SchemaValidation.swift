/// One validation of a value by a schema.
///
/// Source: JSON Schema 2020-12, Core (references, applicators) and Validation.
struct SchemaValidation {
  /// How deep references and applicators may be nested, so that a schema that refers to itself
  /// ends.
  private static let depth = 200
  private static let unknown = ["$dynamicRef", "unevaluatedItems", "unevaluatedProperties"]

  let root: JSONValue
  private(set) var violations: [SchemaViolation] = []
  private var path: [KeyPathText.Step] = []
  private var depth = 0

  init(root: JSONValue) {
    self.root = root
  }

  /// Notes what is wrong with the value at this place.
  mutating func violate(_ problem: String) {
    violations.append(SchemaViolation(keyPath: KeyPathText.text(path), problem: problem))
  }

  /// What is wrong with the schema.
  func unusable(_ problem: String) -> SchemaUnusable {
    let place = KeyPathText.text(path)
    return SchemaUnusable(
      description: "the schema cannot be used\(place.isEmpty ? "" : " at '\(place)'"): \(problem)")
  }

  mutating func check(
    _ value: JSONValue, against schema: JSONValue
  ) throws(SchemaUnusable) {
    let keywords: [String: JSONValue]
    switch schema {
    case .bool(true): return
    case .bool(false): return violate("is not allowed")
    case .object(let members): keywords = members
    default: throw unusable("a schema is an object or a boolean, not \(schema.summary)")
    }
    guard depth < Self.depth else { throw unusable("it refers to itself without an end") }
    depth += 1
    defer { depth -= 1 }
    if let keyword = Self.unknown.first(where: { keywords[$0] != nil }) {
      throw unusable("'\(keyword)' is not supported")
    }
    if let reference = keywords["$ref"] {
      try check(value, against: try target(of: reference))
    }
    try checkKind(value, keywords)
    try checkNumber(value, keywords)
    try checkText(value, keywords)
    try checkArray(value, keywords)
    try checkObject(value, keywords)
    try checkTogether(value, keywords)
  }

  /// Checks a value that is in the one at this place.
  mutating func check(
    _ value: JSONValue, at step: KeyPathText.Step, against schema: JSONValue
  ) throws(SchemaUnusable) {
    path.append(step)
    try check(value, against: schema)
    path.removeLast()
  }

  /// Whether a value satisfies a schema, without a word about what is wrong if it does not.
  mutating func satisfies(
    _ value: JSONValue, _ schema: JSONValue
  ) throws(SchemaUnusable) -> Bool {
    let before = violations.count
    try check(value, against: schema)
    defer { violations.removeLast(violations.count - before) }
    return violations.count == before
  }

  /// The schema that a reference means: a JSON pointer (RFC 6901) into the whole schema.
  private func target(of reference: JSONValue) throws(SchemaUnusable) -> JSONValue {
    guard case .string(let text) = reference else {
      throw unusable("'$ref' is no text but \(reference.summary)")
    }
    guard text == "#" || text.hasPrefix("#/") else {
      throw unusable("'$ref' of '\(text)' does not lead to a place in the schema, like '#/$defs/…'")
    }
    var schema = root
    for token in text.dropFirst(2).split(separator: "/", omittingEmptySubsequences: false)
    where text != "#" {
      let key = Self.key(token)
      let next: JSONValue? =
        if case .array(let elements) = schema, let index = Int(key), elements.indices ~= index {
          elements[index]
        } else {
          schema[key]
        }
      guard let next else { throw unusable("'$ref' of '\(text)' leads nowhere") }
      schema = next
    }
    return schema
  }

  /// A key as a JSON pointer in a URI fragment writes it.
  private static func key(_ token: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(token.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"), rest.count >= 2,
        let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(code)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
      .split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
      .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
  }
}

/// What keywords may be.
extension SchemaValidation {
  func count(
    _ keyword: String, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) -> Int? {
    switch keywords[keyword] {
    case nil: return nil
    case .integer(let count)? where count >= 0: return count
    case .number(let count)? where count >= 0 && count.rounded() == count:
      return Int(exactly: count)
    case let other?:
      throw unusable("'\(keyword)' is a whole number from 0, not \(other.summary)")
    }
  }

  func schemas(
    _ keyword: String, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) -> [JSONValue]? {
    guard let value = keywords[keyword] else { return nil }
    guard case .array(let schemas) = value else {
      throw unusable("'\(keyword)' is a list of schemas, not \(value.summary)")
    }
    return schemas
  }

  /// The members of a keyword's object, sorted by their keys.
  func members(
    _ keyword: String, _ keywords: [String: JSONValue]
  ) throws(SchemaUnusable) -> [(key: String, value: JSONValue)] {
    guard let value = keywords[keyword] else { return [] }
    guard case .object(let members) = value else {
      throw unusable("'\(keyword)' is an object, not \(value.summary)")
    }
    return members.sorted { $0.key < $1.key }
  }

  func names(
    _ value: JSONValue, of keyword: String
  ) throws(SchemaUnusable) -> [String] {
    guard case .array(let elements) = value else {
      throw unusable("'\(keyword)' is a list of texts, not \(value.summary)")
    }
    var names: [String] = []
    for element in elements {
      guard case .string(let name) = element else {
        throw unusable("'\(keyword)' is a list of texts, not of \(element.summary)")
      }
      names.append(name)
    }
    return names
  }

  func matches(_ text: String, _ pattern: String) throws(SchemaUnusable) -> Bool {
    do {
      return try Regex(pattern).firstMatch(in: text) != nil
    } catch {
      throw unusable("the pattern \(JSONValue.string(pattern)) cannot be read: \(error)")
    }
  }
}
