/// Gives the elements of an array, one after the other.
struct JSONUnkeyedContainer: UnkeyedDecodingContainer {
  let decoder: JSONValueDecoder
  let elements: [JSONValue]
  private(set) var currentIndex = 0

  init(decoder: JSONValueDecoder, elements: [JSONValue]) {
    self.decoder = decoder
    self.elements = elements
  }

  var codingPath: [any CodingKey] { decoder.codingPath }
  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try element().json == .null else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try passing { try $0.decode(type) }
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try passing { try $0.container(keyedBy: type) }
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try passing { try $0.unkeyedContainer() }
  }

  mutating func superDecoder() throws -> any Decoder { try passing { $0 } }

  /// Goes on to the next element only if this one could be used.
  private mutating func passing<Result>(
    _ use: (JSONValueDecoder) throws -> Result
  ) throws -> Result {
    let result = try use(element())
    currentIndex += 1
    return result
  }

  private func element() throws -> JSONValueDecoder {
    let key = JSONKey(intValue: currentIndex)
    guard !isAtEnd else {
      let inner = decoder.inner(.null, key)
      throw DecodingError.valueNotFound(
        JSONValue.self, inner.context("the array has only \(elements.count) elements"))
    }
    return decoder.inner(elements[currentIndex], key)
  }
}
