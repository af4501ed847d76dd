/// Decodes Swift values from a JSON value, the same as Foundation's decoder with the settings of
/// `JSONCoding` does.
///
/// Foundation's own loses the place of a number that does not fit ("The given data was not valid
/// JSON"), which is what agents get wrong most often.
struct JSONValueDecoder: Decoder {
  let json: JSONValue
  var codingPath: [any CodingKey] = []

  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Reads a value.
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if type == JSONValue.self, let value = json as? Value { return value }
    guard let scalar = type as? any JSONScalar.Type else { return try Value(from: self) }
    if let value = scalar.read(json) as? Value { return value }
    guard json != .null else { throw DecodingError.valueNotFound(type, context("found null")) }
    let isOfKind = scalar.scalarSchema["type"] == .string(json.kind.rawValue)
    guard isOfKind else { throw mismatch(type) }
    let description = "\(json.summary) is no '\(TypeName.of(type))'"
    throw DecodingError.dataCorrupted(context(description))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = json else { throw mismatch([String: JSONValue].self) }
    return KeyedDecodingContainer(JSONKeyedContainer(decoder: self, members: members))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .array(let elements) = json else { throw mismatch([JSONValue].self) }
    return JSONUnkeyedContainer(decoder: self, elements: elements)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    JSONSingleValueContainer(decoder: self)
  }

  /// A decoder for a part of this one's value.
  func inner(_ json: JSONValue, _ key: any CodingKey) -> JSONValueDecoder {
    JSONValueDecoder(json: json, codingPath: codingPath + [key])
  }

  func context(_ description: String) -> DecodingError.Context {
    DecodingError.Context(codingPath: codingPath, debugDescription: description)
  }

  private func mismatch(_ type: any Any.Type) -> DecodingError {
    DecodingError.typeMismatch(type, context("found \(json.summary)"))
  }
}

/// A key that is known only by its text or index.
struct JSONKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(stringValue: String) {
    self.stringValue = stringValue
    intValue = nil
  }

  init(intValue: Int) {
    stringValue = String(intValue)
    self.intValue = intValue
  }
}

private struct JSONSingleValueContainer: SingleValueDecodingContainer {
  let decoder: JSONValueDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool { decoder.json == .null }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try decoder.decode(type) }
}
