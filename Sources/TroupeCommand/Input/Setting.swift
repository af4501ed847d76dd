import TroupePlan

/// One `--set key=value`, as it was given.
struct Setting: Sendable, Equatable {
  /// The key, and the keys inside its value: `limits.size` is two.
  let path: [String]
  /// The value as text.
  let text: String

  /// Reads `key=value`.
  ///
  /// - Throws: `UsageError` if it has another form.
  init(_ argument: String, of command: Subcommand) throws(UsageError) {
    let key = argument.prefix { $0 != "=" }
    path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard key.count < argument.count, !path.contains("") else {
      throw UsageError(
        "option '--set' takes KEY=VALUE, not \(Printable.quoted(argument))", of: command)
    }
    text = String(argument.dropFirst(key.count + 1))
  }

  private init(path: [String], text: String) {
    self.path = path
    self.text = text
  }

  /// The key as it was written.
  var key: String { path.joined(separator: ".") }

  /// The setting without the first part of its key.
  var withoutFirst: Setting { Setting(path: Array(path.dropFirst()), text: text) }

  /// The value, read as its schema wants it: text stays text even if it looks like a number, and
  /// anything else is JSON where it parses.
  ///
  /// - Throws: `Refusal` if it begins like JSON that is no text, and is none.
  func value(in schema: JSONSchema) throws -> JSONValue {
    let part = schema.part(at: path.map { .key($0) })
    let choices: [JSONValue] =
      if case .array(let choices) = part?["anyOf"] { choices } else { part.map { [$0] } ?? [] }
    let takesText = choices.contains { isText($0) }
    guard takesText else { return try parsed(isKnown: part.map { $0 != [:] } ?? false) }
    let parsed = try? JSONValue(parsing: text)
    // Of a choice between text and something else, what parses as the other is the other.
    let others = choices.filter { !isText($0) }
    guard let parsed, others.contains(where: { accepts($0, parsed) }) else { return .string(text) }
    return parsed
  }

  /// The value as JSON; a bare word, which no type takes that does not take text, stays one, so
  /// that the type can say what it wants instead.
  private func parsed(isKnown: Bool) throws -> JSONValue {
    do {
      return try JSONValue(parsing: text)
    } catch let error as JSONSyntaxError {
      let beginsLikeJSON = text.first.map { "{[\"-0123456789".contains($0) } ?? false
      guard isKnown, beginsLikeJSON else { return .string(text) }
      throw Refusal(
        "error: the value of \(Printable.quoted(key)) is no JSON: \(Printable.line("\(error)"))")
    }
  }

  private func isText(_ schema: JSONValue) -> Bool {
    if case .array(let cases) = schema["enum"] {
      return cases.contains { if case .string = $0 { true } else { false } }
    }
    return schema["type"] == "string"
  }

  private func accepts(_ schema: JSONValue, _ value: JSONValue) -> Bool {
    guard case .string(let type) = schema["type"] else { return true }
    return type == value.kind.rawValue || (type == "number" && value.kind == .integer)
  }

  /// The value as an object that holds nothing but it.
  func object(in schema: JSONSchema) throws -> JSONValue {
    try path.reversed().reduce(value(in: schema)) { .object([$1: $0]) }
  }
}
