extension JSONValue {
  /// The kinds of JSON values, by the names that JSON Schema gives them.
  package enum Kind: String, Sendable {
    case null, boolean, integer, number, string, array, object
  }

  /// The kind of this value; a number without a fraction is an integer.
  package var kind: Kind {
    switch self {
    case .null: .null
    case .bool: .boolean
    case .integer: .integer
    case .number(let number): number.rounded() == number ? .integer : .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  /// The value for a message, with its kind and shortened: `the string "Once upon a…"`.
  package var summary: String {
    switch self {
    case .null, .bool: canonicalText
    case .integer, .number: "the number \(canonicalText)"
    case .string(let text):
      "the string " + JSONValue.string(text.count > 40 ? "\(text.prefix(40))…" : text).canonicalText
    case .array(let elements):
      elements.count == 1 ? "an array of 1 element" : "an array of \(elements.count) elements"
    case .object(let members):
      members.count == 1 ? "an object of 1 key" : "an object of \(members.count) keys"
    }
  }
}
