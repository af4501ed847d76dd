/// A Swift type as programs know it: how its values are named, described, read and written.
///
/// It holds no closures, because every stage of a program has one.
package struct ValueType: Sendable {
  private let coder: any Coder.Type

  package init<Value: Codable & Sendable>(of type: Value.Type) {
    coder = TypedCoder<Value>.self
  }

  /// The type itself.
  package var type: any Sendable.Type { coder.type }

  /// The type's name, with its module.
  package var name: String { TypeName.of(type) }

  /// Whether values are bare text, so that an agent's answer needs no JSON around it.
  package var isText: Bool { type == String.self }

  /// Describes the type as JSON Schema, with what could not be seen through.
  package func schema() -> JSONSchema.Probe { coder.schema() }

  /// Reads a value.
  ///
  /// - Throws: `JSONMismatch` where the JSON is no value of the type.
  package func decode(_ json: JSONValue) throws -> any Sendable { try coder.decode(json) }

  /// Writes a value.
  ///
  /// - Throws: `TypeMismatch` where the value is of another type, or what its `encode(to:)` throws.
  package func encode(_ value: any Sendable) throws -> JSONValue { try coder.encode(value) }
}

/// What a type's metatype alone can do with its values.
private protocol Coder: Sendable {
  static var type: any Sendable.Type { get }
  static func schema() -> JSONSchema.Probe
  static func decode(_ json: JSONValue) throws -> any Sendable
  static func encode(_ value: any Sendable) throws -> JSONValue
}

private enum TypedCoder<Value: Codable & Sendable>: Coder {
  static var type: any Sendable.Type { Value.self }

  static func schema() -> JSONSchema.Probe { JSONSchema.probe(Value.self) }

  static func decode(_ json: JSONValue) throws -> any Sendable { try json.decode(as: Value.self) }

  static func encode(_ value: any Sendable) throws -> JSONValue {
    guard let value = value as? Value else {
      throw TypeMismatch(expected: "\(Value.self)", found: value)
    }
    return try JSONValue(encoding: value)
  }
}
