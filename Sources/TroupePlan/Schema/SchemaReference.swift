/// References within a schema: `#` and `#/$defs/Name`.
enum SchemaReference {
  /// What a reference points to; `{}` if it points nowhere.
  static func resolve(_ reference: String, in root: JSONValue) -> JSONValue {
    guard reference.hasPrefix("#") else { return [:] }
    let names = reference.dropFirst().split(separator: "/")
    return names.reduce(root) { $0[String($1)] ?? [:] }
  }

  /// The schema, or what it refers to, at most a few references further.
  static func follow(_ schema: JSONValue, in root: JSONValue) -> JSONValue {
    var schema = schema
    for _ in 0..<32 {
      guard case .string(let reference) = schema["$ref"] else { break }
      schema = resolve(reference, in: root)
    }
    return schema
  }
}

extension JSONValue {
  /// The keys that an object's schema requires, in order.
  var requiredKeys: [String] {
    guard case .array(let keys) = self["required"] else { return [] }
    return keys.compactMap { key in
      if case .string(let key) = key { key } else { nil }
    }
  }
}
