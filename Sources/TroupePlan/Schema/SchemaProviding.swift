/// A type that gives its own JSON Schema, because reading it does not show what it takes: an enum
/// with payloads, a type that validates what it reads.
///
/// The example of the schema must decode as the type, so that types that contain it can be seen
/// through: give `examples` where a value must be of a particular form.
///
/// ```swift
/// extension Email: SchemaProviding {
///   static var jsonSchema: JSONSchema {
///     JSONSchema(["type": "string", "format": "email", "examples": ["ada@example.com"]])
///   }
/// }
/// ```
public protocol SchemaProviding {
  /// The schema of the type's JSON.
  static var jsonSchema: JSONSchema { get }
}

extension JSONValue: SchemaProviding {
  /// Any JSON fits.
  public static var jsonSchema: JSONSchema { .anything }
}

extension JSONSchema: SchemaProviding {
  /// A schema is an object; nothing is said about its keys.
  public static var jsonSchema: JSONSchema { JSONSchema(["type": "object"]) }
}
