#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension JSONValue: Codable {
  /// Reads any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let integer = try? container.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let elements = try? container.decode([JSONValue].self) {
      self = .array(elements)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Writes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .integer(let integer): try container.encode(integer)
    case .number(let number): try container.encode(number)
    case .string(let string): try container.encode(string)
    case .array(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    }
  }
}

extension JSONValue {
  /// A Swift value as JSON: dates as instants of RFC 3339, data as base64.
  ///
  /// A value may be nested 128 deep, as in any text that is read.
  /// Integers beyond `Int` and decimals of more than 15 digits keep the precision of a `Double`.
  ///
  /// - Throws: What the value's `encode(to:)` throws, an `EncodingError` for a number that is not
  ///   finite, a `JSONSyntaxError` for a value nested too deep.
  public init(encoding value: some Encodable) throws {
    // Most artifacts are text, for which an encoder takes many times as long.
    switch value {
    case let json as JSONValue: self = json
    case let text as String: self = .string(text)
    case let bool as Bool: self = .bool(bool)
    case let integer as Int: self = .integer(integer)
    default: try self.init(parsing: JSONCoding.makeEncoder().encode(value))
    }
  }

  /// A Swift value from this JSON, read as `init(encoding:)` writes.
  ///
  /// - Throws: `JSONMismatch`, which names the key path, what was found and what was expected.
  public func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
    do {
      return try decodeUnchecked(as: type)
    } catch {
      throw JSONMismatch(error, decoding: type, from: self)
    }
  }

  /// Decodes and throws what the type's own `init(from:)` throws.
  func decodeUnchecked<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONValueDecoder(json: self).decode(type)
  }
}
