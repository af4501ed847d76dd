/// A JSON Schema, dialect 2020-12 (https://json-schema.org/draft/2020-12).
///
/// `$schema` is left out: 2020-12 is what those who take a schema assume without it. Objects with
/// known keys say `"additionalProperties": false`, as structured output of language models wants.
public struct JSONSchema: Hashable, Sendable {
  /// The schema as JSON.
  public let json: JSONValue

  /// A schema that is written by hand, for instance to conform to `SchemaProviding`.
  public init(_ json: JSONValue) {
    self.json = json
  }

  /// The schema of a type, found by watching its `init(from:)`; `{}` stands for what that does not
  /// show.
  public init(of type: any Decodable.Type) {
    self = Self.probe(type).schema
  }

  /// The schema that anything fits.
  public static let anything = JSONSchema([:])
}

extension JSONSchema: Codable {
  /// Reads the schema's JSON.
  public init(from decoder: any Decoder) throws {
    json = try JSONValue(from: decoder)
  }

  /// Writes the schema's JSON.
  public func encode(to encoder: any Encoder) throws {
    try json.encode(to: encoder)
  }
}

extension JSONSchema: CustomStringConvertible {
  /// The schema's canonical text.
  public var description: String { json.canonicalText }
}
