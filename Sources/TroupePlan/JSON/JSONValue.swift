/// A JSON value (RFC 8259).
///
/// Numbers are equal when their values are, as in JSON Schema: `.integer(1) == .number(1)`. An
/// integer beyond `Int` is a `number`, with the precision of a `Double`.
public enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number without a fraction that fits in an `Int`.
  case integer(Int)
  /// Any other number; one that is not finite is written as `null`, as ECMA-262 does.
  case number(Double)
  /// Text.
  case string(String)
  /// A list of values.
  case array([JSONValue])
  /// Values by key; the order of keys has no meaning and is not kept.
  case object([String: JSONValue])

  /// The value of a key, or `nil` if there is none or this is no object.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// This value laid over defaults, as when a person gives only some of the parameters.
  ///
  /// Objects are merged key by key, at every depth; of anything else this value replaces the
  /// default, `null` and arrays included.
  public func merging(over defaults: JSONValue) -> JSONValue {
    guard case .object(let members) = self, case .object(let base) = defaults else { return self }
    return .object(base.merging(members) { $1.merging(over: $0) })
  }
}

extension JSONValue: Hashable {
  /// Whether two values are the same; numbers are compared by value.
  public static func == (left: JSONValue, right: JSONValue) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.integer(let integer), .number(let number)), (.number(let number), .integer(let integer)):
      Int(exactly: number) == integer
    case (.string(let left), .string(let right)): left == right
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }

  /// Feeds the value to a hasher; equal numbers hash alike.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let bool): hasher.combine(bool)
    case .integer(let integer): hasher.combine(integer)
    case .number(let number):
      if let integer = Int(exactly: number) {
        hasher.combine(integer)
      } else {
        hasher.combine(number)
      }
    case .string(let string): hasher.combine(string)
    case .array(let elements): hasher.combine(elements)
    case .object(let members): hasher.combine(members)
    }
  }
}
