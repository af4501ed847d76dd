/// A decoder that has no data: it notes what it is asked for and answers with example values.
struct ProbingDecoder: Decoder {
  let session: ProbeSession
  let node: SchemaNode
  let path: [KeyPathText.Step]
  /// The types that a single value must not be asked for, to see what else a type tries.
  var refused: Set<ObjectIdentifier> = []

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
    node.settle(.object)
    return KeyedDecodingContainer(ProbingKeyedContainer<Key>(decoder: self))
  }

  func unkeyedContainer() -> any UnkeyedDecodingContainer {
    node.settle(.list)
    return ProbingUnkeyedContainer(decoder: self)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer {
    ProbingSingleValueContainer(decoder: self)
  }

  /// A decoder for a part of what this one is for.
  func inner(_ node: SchemaNode, _ step: KeyPathText.Step) -> ProbingDecoder {
    ProbingDecoder(session: session, node: node, path: path + [step])
  }

  /// Describes a type in a node, and gives a value of it if one could be made.
  func probe<Value: Decodable>(
    _ type: Value.Type, into node: SchemaNode, at path: [KeyPathText.Step]
  ) throws -> Value {
    let answer = session.probe(type, at: path)
    node.settle(.alias(answer.node))
    if let value = answer.value as? Value { return value }
    throw answer.stop
  }
}
