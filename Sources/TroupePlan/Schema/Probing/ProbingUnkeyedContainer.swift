/// Notes what the elements of an array are asked for as: one for each, or any number alike.
struct ProbingUnkeyedContainer: UnkeyedDecodingContainer {
  let decoder: ProbingDecoder
  private(set) var currentIndex = 0

  init(decoder: ProbingDecoder) {
    self.decoder = decoder
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { nil }

  /// Says yes after the first element, so that loops end.
  var isAtEnd: Bool {
    decoder.node.isOpenList = true
    return currentIndex > 0
  }

  mutating func decodeNil() -> Bool {
    node().isNullable = true
    return false
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let node = node()
    let path = decoder.path + [.index(currentIndex)]
    currentIndex += 1
    return try decoder.probe(type, into: node, at: path)
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) -> KeyedDecodingContainer<NestedKey> {
    inner().container(keyedBy: type)
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
    inner().unkeyedContainer()
  }

  mutating func superDecoder() -> any Decoder { inner() }

  private mutating func inner() -> ProbingDecoder {
    defer { currentIndex += 1 }
    return decoder.inner(node(), .index(currentIndex))
  }

  private func node() -> SchemaNode {
    while decoder.node.elements.count <= currentIndex { decoder.node.elements.append(SchemaNode()) }
    return decoder.node.elements[currentIndex]
  }
}
