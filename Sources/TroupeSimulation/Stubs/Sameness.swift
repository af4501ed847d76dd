import TroupePlan

/// Whether two values mean the same although they were written differently: sets, and dictionaries
/// with keys other than text, are written in an order that differs from process to process.
enum Sameness {
  /// Whether two Swift values are equal; `false` where their type cannot say.
  static func holds(_ left: any Sendable, _ right: any Sendable) -> Bool {
    func isEqual<Value: Equatable>(_ left: Value) -> Bool { right as? Value == left }
    return (left as? any Equatable).map { isEqual($0) } ?? false
  }

  /// Whether two JSON values are the same but for the order of their arrays' elements.
  static func holds(_ left: JSONValue, _ right: JSONValue) -> Bool {
    sorted(left) == sorted(right)
  }

  private static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements):
      .array(elements.map(sorted).sorted { $0.canonicalText < $1.canonicalText })
    case .object(let members): .object(members.mapValues(sorted))
    default: value
    }
  }
}
