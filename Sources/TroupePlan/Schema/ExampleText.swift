/// The texts that stand in examples, one for each format; the probe answers with the same values.
enum ExampleText {
  static let string = "…"
  static let date = "2026-01-01T00:00:00Z"
  static let url = "https://example.com"
  static let uuid = "00000000-0000-0000-0000-000000000000"
  static let base64 = "4oCm"

  /// The text for a format and an encoding of JSON Schema; the plain one for all others.
  static func text(format: JSONValue?, encoding: JSONValue?) -> String {
    if encoding == "base64" { return base64 }
    switch format {
    case "date-time": return date
    case "date": return "2026-01-01"
    case "uri": return url
    case "uuid": return uuid
    case "email": return "ada@example.com"
    default: return string
    }
  }
}
