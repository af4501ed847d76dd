/// Says in words what a schema wants.
enum SchemaWords {
  /// What the schema wants, for use after "expected"; `nil` if it does not say.
  static func expected(_ schema: JSONValue) -> String? {
    if case .array(let cases) = schema["enum"] {
      let shown = cases.prefix(20).map(\.canonicalText) + (cases.count > 20 ? ["…"] : [])
      return cases.count == 1 ? shown.first : "one of \(shown.joined(separator: ", "))"
    }
    if case .array(let schemas) = schema["anyOf"] {
      let words = schemas.compactMap { expected($0) }
      return words.count == schemas.count ? words.joined(separator: " or ") : nil
    }
    if schema["contentEncoding"] == "base64" { return "data in base64" }
    switch schema["format"] {
    case "date-time": return "an instant such as \"\(ExampleText.date)\""
    case "uri": return "a URL"
    case "uuid": return "a UUID"
    default: break
    }
    switch schema["type"] {
    case "object": return "an object"
    case "array": return "an array"
    case "string": return "a string"
    case "integer": return "an integer"
    case "number": return "a number"
    case "boolean": return "true or false"
    case "null": return "null"
    default: return schema["$ref"] == nil ? nil : "an object"
    }
  }

  /// Whether the words say all there is to say, so that the decoder's own add nothing.
  static func isWhole(_ schema: JSONValue?) -> Bool {
    guard let schema else { return false }
    return schema["enum"] != nil || schema["format"] != nil || schema["contentEncoding"] != nil
  }
}

extension JSONSchema {
  /// What the schema wants, in words: `an array`; `nil` if it does not say.
  package var words: String? { part(at: []).flatMap { SchemaWords.expected($0) } }
}
