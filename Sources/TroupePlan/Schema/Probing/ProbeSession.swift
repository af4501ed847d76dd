/// One probing of a type: remembers the types on the way, those done, and what was found.
final class ProbeSession {
  /// What a type looks like, and a value of it if one could be made.
  struct Answer {
    let node: SchemaNode
    let value: Any?
    /// Why there is no value.
    var stop: ProbeStop = .recursion
  }

  private(set) var findings: [SchemaFinding] = []
  /// The types that refer to themselves, in the order in which that showed.
  private(set) var recursive: [ObjectIdentifier] = []
  /// The description of each type that has one of its own.
  private(set) var nodes: [ObjectIdentifier: (type: Any.Type, node: SchemaNode)] = [:]
  private var open: [ObjectIdentifier] = []
  private var answers: [ObjectIdentifier: Answer] = [:]

  /// Describes a type.
  func probe(_ type: any Decodable.Type, at path: [KeyPathText.Step]) -> Answer {
    let id = ObjectIdentifier(type)
    if let answer = answers[id] { return answer }
    if open.contains(id) {
      if !recursive.contains(id) { recursive.append(id) }
      return Answer(node: SchemaNode(.reference(id)), value: nil, stop: .recursion)
    }
    if let provider = type as? any SchemaProviding.Type {
      return remember(id, provided(provider.jsonSchema, for: type, at: path))
    }
    if let scalar = type as? any JSONScalar.Type {
      return remember(
        id, Answer(node: SchemaNode(.schema(scalar.scalarSchema)), value: scalar.example))
    }
    if let container = type as? any ProbedContainer.Type {
      return container.probe(by: self, at: path)
    }
    if let cases = cases(of: type) {
      let schema = Self.schema(ofCases: cases.map(\.json))
      return remember(id, Answer(node: SchemaNode(.schema(schema)), value: cases.first?.value))
    }
    return watch(type, at: path)
  }

  /// Adds a finding; gives what to throw where a value is needed all the same.
  @discardableResult
  func report(
    _ type: any Decodable.Type, at path: [KeyPathText.Step], reason: String, remedy: String
  ) -> ProbeStop {
    findings.append(
      SchemaFinding(
        type: TypeName.of(type), keyPath: KeyPathText.text(path), reason: reason, remedy: remedy))
    return .reported(finding: findings.count - 1)
  }

  private func remember(_ id: ObjectIdentifier, _ answer: Answer) -> Answer {
    answers[id] = answer
    return answer
  }

  /// Runs the type's own `init(from:)` and watches what it asks for.
  private func watch(_ type: any Decodable.Type, at path: [KeyPathText.Step]) -> Answer {
    let id = ObjectIdentifier(type)
    let node = SchemaNode()
    nodes[id] = (type, node)
    open.append(id)
    defer { open.removeLast() }
    do {
      let value = try type.init(from: ProbingDecoder(session: self, node: node, path: path))
      // What asks for nothing takes anything; what it is written as is an object without keys.
      if !node.isNullable { node.settle(.object) }
      if node.readsAllKeys {
        node.isIncomplete = true
        report(
          type, at: path, reason: "it reads keys that are not fixed", remedy: ProbeAdvice.conform)
      }
      tryOthers(type, node, at: path)
      return remember(id, Answer(node: node, value: value))
    } catch let stop as ProbeStop {
      node.isIncomplete = true
      let answer = Answer(node: node, value: nil, stop: stop)
      // What only failed because a type further out is not done yet may succeed elsewhere.
      guard case .reported(let finding) = stop else { return answer }
      findings[finding].hidden.append(TypeName.of(type))
      return remember(id, answer)
    } catch {
      node.isIncomplete = true
      let (reason, remedy) = ProbeAdvice.advice(for: type, error: error)
      let stop = report(type, at: path, reason: reason, remedy: remedy)
      return remember(id, Answer(node: node, value: nil, stop: stop))
    }
  }

  /// Finds what else a type takes that reads a single value: it is tried again without what it
  /// asked for before, until it gives up.
  private func tryOthers(
    _ type: any Decodable.Type, _ node: SchemaNode, at path: [KeyPathText.Step]
  ) {
    guard !node.singleValueTypes.isEmpty else { return }
    var alternatives = [SchemaNode(node.shape)]
    var refused = node.singleValueTypes
    while alternatives.count < 16 {
      let other = SchemaNode()
      let decoder = ProbingDecoder(session: self, node: other, path: path, refused: refused)
      guard (try? type.init(from: decoder)) != nil, !other.isUnknown else { break }
      alternatives.append(other)
      guard !other.singleValueTypes.isSubset(of: refused) else { break }
      refused.formUnion(other.singleValueTypes)
    }
    if alternatives.count > 1 { node.shape = .union(alternatives) }
  }

  private func provided(
    _ schema: JSONSchema, for type: any Decodable.Type, at path: [KeyPathText.Step]
  ) -> Answer {
    let members: [String: JSONValue]
    if case .object(let object) = schema.json { members = object } else { members = [:] }
    let node = SchemaNode(.schema(members))
    do {
      return Answer(node: node, value: try schema.example().decodeUnchecked(as: type))
    } catch {
      let stop = report(
        type, at: path,
        reason: "the example of its 'jsonSchema', \(schema.example()), does not decode",
        remedy: "correct the schema, or add \"examples\" with a value that decodes")
      return Answer(node: node, value: nil, stop: stop)
    }
  }
}
