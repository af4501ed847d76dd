import TroupePlan

/// Leaves secrets out of everything that a cassette holds.
struct Redactor: Sendable {
  let redactions: [Redaction]

  /// A text without secrets.
  func text(_ text: String) -> String {
    redactions.reduce(text) { $1.redacting($0) }
  }

  /// A JSON value without secrets: in texts and keys, and in numbers, which become text then.
  func json(_ json: JSONValue) -> JSONValue {
    switch json {
    case .null, .bool: return json
    case .integer, .number:
      let written = json.canonicalText
      let redacted = text(written)
      return redacted == written ? json : .string(redacted)
    case .string(let string): return .string(text(string))
    case .array(let elements): return .array(elements.map(self.json))
    case .object(let members):
      let pairs = members.sorted { $0.key < $1.key }.map { (text($0.key), self.json($0.value)) }
      return .object(Dictionary(pairs) { first, _ in first })
    }
  }
}
