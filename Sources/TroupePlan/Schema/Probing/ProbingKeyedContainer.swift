/// Notes which keys are asked for, and as what.
struct ProbingKeyedContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let decoder: ProbingDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  var allKeys: [Key] {
    decoder.node.readsAllKeys = true
    return []
  }

  func contains(_ key: Key) -> Bool {
    let index = decoder.node.property(key.stringValue)
    if decoder.node.properties[index].node.isUnknown {
      decoder.node.properties[index].isRequired = false
    }
    return true
  }

  func decodeNil(forKey key: Key) -> Bool {
    node(key.stringValue).isNullable = true
    return false
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder.probe(
      type, into: node(key.stringValue), at: decoder.path + [.key(key.stringValue)])
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    _ = contains(key)
    return try? decode(type, forKey: key)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) -> KeyedDecodingContainer<NestedKey> {
    inner(key.stringValue).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer {
    inner(key.stringValue).unkeyedContainer()
  }

  func superDecoder() -> any Decoder { inner("super") }

  func superDecoder(forKey key: Key) -> any Decoder { inner(key.stringValue) }

  private func node(_ key: String) -> SchemaNode {
    decoder.node.properties[decoder.node.property(key)].node
  }

  private func inner(_ key: String) -> ProbingDecoder {
    decoder.inner(node(key), .key(key))
  }
}
