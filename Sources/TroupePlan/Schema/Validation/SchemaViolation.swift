/// A place in a JSON value that does not satisfy a schema.
public struct SchemaViolation: Hashable, Sendable, CustomStringConvertible {
  /// Where: `sections[2].title`; empty for the whole value.
  public let keyPath: String
  /// What is wrong there: `is the number -1, less than the minimum 0`.
  public let problem: String

  /// `sections[2].title: is …`.
  public var description: String { keyPath.isEmpty ? problem : "\(keyPath): \(problem)" }
}

/// A schema by which nothing can be validated.
public struct SchemaUnusable: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with the schema, and where.
  public let description: String
}

extension JSONSchema {
  /// Where a value does not satisfy this schema; empty if it does everywhere.
  ///
  /// All keywords of the vocabularies *applicator* and *validation* of dialect 2020-12 count
  /// (https://json-schema.org/draft/2020-12/json-schema-validation), and `$ref` within the schema.
  /// `format` and annotations say nothing about validity. Patterns are read as Swift reads regular
  /// expressions, and need to match anywhere.
  ///
  /// - Throws: `SchemaUnusable` if a keyword has a value that it cannot have, a reference leads
  ///   nowhere or out of the schema, or the schema asks for what is not known here
  ///   (`unevaluatedItems`, `unevaluatedProperties`, `$dynamicRef`).
  public func violations(in value: JSONValue) throws(SchemaUnusable) -> [SchemaViolation] {
    var validation = SchemaValidation(root: json)
    try validation.check(value, against: json)
    return validation.violations
  }
}
