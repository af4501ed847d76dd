import TroupePlan

/// Leaves secrets out of everything that a cassette holds.
struct Redactor: Sendable {
  private let redactions: [Redaction]

  /// Patterns first, then the longest secret first, because one may stand inside of another.
  init(_ redactions: [Redaction]) {
    self.redactions = redactions.enumerated()
      .sorted { ($1.element.length, $0.offset) < ($0.element.length, $1.offset) }
      .map(\.element)
  }

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
