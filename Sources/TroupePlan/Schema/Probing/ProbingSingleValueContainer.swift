/// Notes what a value is asked for as a whole.
struct ProbingSingleValueContainer: SingleValueDecodingContainer {
  let decoder: ProbingDecoder

  var codingPath: [any CodingKey] { decoder.codingPath }

  func decodeNil() -> Bool {
    decoder.node.isNullable = true
    return false
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let id = ObjectIdentifier(type)
    guard !decoder.refused.contains(id) else {
      let context = DecodingError.Context(codingPath: [], debugDescription: "probing for others")
      throw DecodingError.typeMismatch(type, context)
    }
    decoder.node.singleValueTypes.insert(id)
    return try decoder.probe(type, into: decoder.node, at: decoder.path)
  }
}
