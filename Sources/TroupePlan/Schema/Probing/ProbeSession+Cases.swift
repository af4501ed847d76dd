extension ProbeSession {
  /// One case of a type whose cases can be listed.
  struct Case {
    let value: Any
    let json: JSONValue
  }

  /// The cases of a type that is `CaseIterable` and says how they are written, by `Encodable` or by
  /// raw values; `nil` for any other type, and if a case does not decode from what was found.
  func cases(of type: any Decodable.Type) -> [Case]? {
    guard let iterable = type as? any CaseIterable.Type else { return nil }
    let values = Self.values(iterable)
    guard !values.isEmpty else { return nil }
    var cases: [Case] = []
    for value in values {
      guard let json = Self.json(of: value), (try? json.decodeUnchecked(as: type)) != nil else {
        return nil
      }
      cases.append(Case(value: value, json: json))
    }
    return cases
  }

  private static func values<Iterable: CaseIterable>(_ type: Iterable.Type) -> [Any] {
    type.allCases.map { $0 }
  }

  private static func json(of value: Any) -> JSONValue? {
    if let value = value as? any Encodable { return try? JSONValue(encoding: value) }
    guard let value = value as? any RawRepresentable else { return nil }
    return rawValue(of: value)
  }

  private static func rawValue(of value: some RawRepresentable) -> JSONValue? {
    guard let raw = value.rawValue as? any Encodable else { return nil }
    return try? JSONValue(encoding: raw)
  }

  /// An enumeration, with its type where all values share one.
  static func schema(ofCases cases: [JSONValue]) -> [String: JSONValue] {
    var schema: [String: JSONValue] = ["enum": .array(cases)]
    if let kind = cases.first?.kind, cases.allSatisfy({ $0.kind == kind }) {
      schema["type"] = .string(kind.rawValue)
    }
    return schema
  }
}
