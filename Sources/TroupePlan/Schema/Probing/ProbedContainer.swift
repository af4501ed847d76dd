/// A type of the standard library whose `init(from:)` would say too little of what is in it.
protocol ProbedContainer {
  /// Describes the type, and gives a value of it for its surroundings to go on with.
  static func probe(by session: ProbeSession, at path: [KeyPathText.Step]) -> ProbeSession.Answer
}

extension Optional: ProbedContainer where Wrapped: Decodable {
  static func probe(by session: ProbeSession, at path: [KeyPathText.Step]) -> ProbeSession.Answer {
    let wrapped = session.probe(Wrapped.self, at: path)
    let value = wrapped.value as? Wrapped
    return .init(node: SchemaNode(.nullable(wrapped.node)), value: value as Any)
  }
}

extension Array: ProbedContainer where Element: Decodable {
  static func probe(by session: ProbeSession, at path: [KeyPathText.Step]) -> ProbeSession.Answer {
    let element = session.probe(Element.self, at: path + [.elements])
    let value = element.value as? Element
    return .init(
      node: SchemaNode(.array(element.node, isUnique: false)), value: value.map { [$0] } ?? [])
  }
}

extension Set: ProbedContainer where Element: Decodable {
  static func probe(by session: ProbeSession, at path: [KeyPathText.Step]) -> ProbeSession.Answer {
    let element = session.probe(Element.self, at: path + [.elements])
    var value: Set<Element> = []
    if let one = element.value as? Element { value.insert(one) }
    return .init(node: SchemaNode(.array(element.node, isUnique: true)), value: value)
  }
}

extension Dictionary: ProbedContainer where Key: Decodable, Value: Decodable {
  static func probe(by session: ProbeSession, at path: [KeyPathText.Step]) -> ProbeSession.Answer {
    let value = session.probe(Value.self, at: path + [.elements])
    let empty: [Key: Value] = [:]
    if Key.self == String.self {
      return .init(node: SchemaNode(.dictionary(value.node, keys: nil)), value: empty)
    }
    if Key.self == Int.self {
      let keys: [String: JSONValue] = ["pattern": "^-?[0-9]+$"]
      return .init(node: SchemaNode(.dictionary(value.node, keys: keys)), value: empty)
    }
    if Key.self is any CodingKeyRepresentable.Type {
      let names = session.cases(of: Key.self)?.compactMap { one in
        (one.value as? any CodingKeyRepresentable).map {
          JSONValue.string($0.codingKey.stringValue)
        }
      }
      let keys = names.map { ["enum": JSONValue.array($0)] }
      return .init(node: SchemaNode(.dictionary(value.node, keys: keys)), value: empty)
    }
    session.report(
      Self.self, at: path,
      reason: "its keys are no strings, so that it is written as a list of "
        + "keys and values in turn",
      remedy: "use String keys, or let the key type conform to CodingKeyRepresentable")
    return .init(node: SchemaNode(), value: empty)
  }
}
