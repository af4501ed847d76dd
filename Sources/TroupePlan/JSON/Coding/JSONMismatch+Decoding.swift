extension JSONMismatch {
  /// Says in terms of the JSON what a type's `init(from:)` threw.
  init(_ error: any Error, decoding type: any Decodable.Type, from json: JSONValue) {
    let schema = JSONSchema.probe(type).schema
    let context = Self.context(of: error)
    let place = Place(context?.codingPath ?? [], in: json)
    let wanted = schema.part(at: place.steps)
    let expected = wanted.flatMap { SchemaWords.expected($0) }

    switch error {
    case DecodingError.keyNotFound(let key, _):
      let known = wanted?.knownKeys ?? []
      let unknown = place.value.sortedKeys.filter { !known.contains($0) }
      let name = JSONValue.string(key.stringValue)
      self.init(
        keyPath: KeyPathText.text(place.steps), expected: "the key \(name)",
        found: "\(place.value.summary) without it",
        hint: Nearest.match(key.stringValue, in: unknown).map {
          "\(JSONValue.string($0)) is not known, did you mean \(name)?"
        })
    case DecodingError.valueNotFound(_, let context) where place.isBeyondTheEnd(of: context):
      self.init(
        keyPath: KeyPathText.text(place.steps),
        expected: "at least \((context.codingPath.last?.intValue ?? 0) + 1) elements",
        found: place.value.summary)
    case DecodingError.typeMismatch(let swiftType, _),
      DecodingError.valueNotFound(let swiftType, _):
      self.init(
        keyPath: KeyPathText.text(place.steps),
        expected: expected ?? "a value for '\(TypeName.of(swiftType))'", found: place.value.summary)
    default:
      self.init(
        keyPath: KeyPathText.text(place.steps),
        expected: expected ?? "a value for '\(TypeName.of(type))'", found: place.value.summary,
        hint: SchemaWords.isWhole(wanted) ? nil : context?.debugDescription ?? "\(error)")
    }
  }

  private static func context(of error: any Error) -> DecodingError.Context? {
    switch error {
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.keyNotFound(_, let context), DecodingError.dataCorrupted(let context):
      context
    default: nil
    }
  }

  /// The place that a coding path leads to.
  private struct Place {
    var steps: [KeyPathText.Step] = []
    var value: JSONValue

    /// Whether an error is about an element behind this array's last.
    func isBeyondTheEnd(of context: DecodingError.Context) -> Bool {
      guard case .array(let elements) = value, context.codingPath.count == steps.count + 1 else {
        return false
      }
      return context.codingPath.last?.intValue == elements.count
    }

    init(_ path: [any CodingKey], in json: JSONValue) {
      value = json
      for key in path {
        if case .array(let elements) = value, let index = key.intValue,
          elements.indices.contains(index)
        {
          steps.append(.index(index))
          value = elements[index]
        } else if let member = value[key.stringValue] {
          steps.append(.key(key.stringValue))
          value = member
        } else {
          break
        }
      }
    }
  }
}

extension JSONValue {
  /// The keys of an object, sorted by their UTF-8 bytes; none for any other value.
  var sortedKeys: [String] {
    guard case .object(let members) = self else { return [] }
    return members.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
