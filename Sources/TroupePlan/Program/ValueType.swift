/// A Swift type as programs know it: how its values are named, described, read and written.
package struct ValueType: Sendable {
  /// The type itself.
  package let type: any Sendable.Type
  /// Describes the type as JSON Schema, with what could not be seen through.
  package let schema: @Sendable () -> JSONSchema.Probe
  /// Reads a value; throws `JSONMismatch`.
  package let decode: @Sendable (JSONValue) throws -> any Sendable
  /// Writes a value.
  package let encode: @Sendable (any Sendable) throws -> JSONValue

  package init<Value: Codable & Sendable>(of type: Value.Type) {
    self.type = type
    schema = { JSONSchema.probe(Value.self) }
    decode = { try $0.decode(as: Value.self) }
    encode = { value in
      guard let value = value as? Value else {
        throw TypeMismatch(expected: "\(Value.self)", found: value)
      }
      return try JSONValue(encoding: value)
    }
  }

  /// The type's name, with its module.
  package var name: String { TypeName.of(type) }

  /// Whether values are bare text, so that an agent's answer needs no JSON around it.
  package var isText: Bool { type == String.self }
}
