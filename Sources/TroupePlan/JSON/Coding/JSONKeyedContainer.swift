/// Gives the values of an object's keys.
struct JSONKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: JSONValueDecoder
  let members: [String: JSONValue]

  var codingPath: [any CodingKey] { decoder.codingPath }

  /// The keys, sorted by their UTF-8 bytes.
  var allKeys: [Key] { decoder.json.sortedKeys.compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { members[key.stringValue] != nil }

  func decodeNil(forKey key: Key) throws -> Bool { try inner(key).json == .null }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try inner(key).decode(type)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try inner(key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try inner(key).unkeyedContainer()
  }

  func superDecoder() -> any Decoder {
    decoder.inner(members["super"] ?? .null, JSONKey(stringValue: "super"))
  }

  func superDecoder(forKey key: Key) -> any Decoder {
    decoder.inner(members[key.stringValue] ?? .null, key)
  }

  private func inner(_ key: Key) throws -> JSONValueDecoder {
    guard let json = members[key.stringValue] else {
      throw DecodingError.keyNotFound(key, decoder.context("no key '\(key.stringValue)'"))
    }
    return decoder.inner(json, key)
  }
}
