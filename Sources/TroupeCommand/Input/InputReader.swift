import TroupePlan

/// Reads the input of a run and checks it against the workflow's input type.
struct InputReader {
  let tool: String
  /// The command that wants the input.
  let command: String
  let workflow: String
  let type: ValueType
  let schema: JSONSchema
  /// Whether an example stands in where no input is given.
  var takesExample = false

  /// The input.
  ///
  /// - Parameters:
  ///   - option: The value of `--input`: JSON, `@FILE`, or `-` for standard input.
  ///   - settings: The keys that `--set` sets, laid over it.
  ///   - standardInput: Reads standard input.
  /// - Throws: `Refusal` with an example of what is wanted.
  func value(
    option: String?, settings: JSONValue?, standardInput: () throws -> [UInt8]
  ) throws -> any Sendable {
    guard let option else {
      if takesExample {
        let example = schema.example()
        return try decode(settings?.merging(over: example) ?? example, isMissing: settings == nil)
      }
      // Whatever can be made of nothing needs no input.
      return try decode(settings ?? .object([:]), isMissing: settings == nil)
    }
    var json = try read(option, standardInput)
    if let settings {
      guard case .object = json else {
        throw Refusal(
          "error: '--set' sets a key of the input, but the input is \(json.summary)\(example)")
      }
      json = settings.merging(over: json)
    }
    return try decode(json, isMissing: false)
  }

  private func read(_ option: String, _ standardInput: () throws -> [UInt8]) throws -> JSONValue {
    let bytes: [UInt8]
    let source: String
    switch option {
    case "-":
      (bytes, source) = (try standardInput(), "standard input")
    case _ where option.hasPrefix("@"):
      let path = String(option.dropFirst())
      (bytes, source) = (try TextFile.read(path), Printable.quoted(path))
    default:
      (bytes, source) = (Array(option.utf8), "'--input'")
    }
    do {
      let json = try JSONValue(parsing: bytes)
      if case .string = json { return json }
      if !type.isText { return json }
    } catch let error as JSONSyntaxError {
      guard type.isText else {
        throw Refusal(
          "error: \(source) is no JSON: \(Printable.line("\(error)"))\(hint(option))\(example)")
      }
    }
    // Where text is wanted, what is no JSON string is the text itself.
    return .string(String(decoding: bytes, as: UTF8.self))
  }

  /// What a file's bare name was probably meant to be.
  private func hint(_ option: String) -> String {
    guard TextFile.exists(option) else { return "" }
    return "\n  to read the file \(Printable.quoted(option)), put an @ before it: "
      + "--input \(Printable.quoted("@" + option))"
  }

  private func decode(_ json: JSONValue, isMissing: Bool) throws -> any Sendable {
    let unknown = schema.unknownKeys(in: json)
    let value: any Sendable
    do {
      value = try type.decode(json)
    } catch let mismatch as JSONMismatch {
      if isMissing {
        throw Refusal(
          "error: \(Printable.quoted(workflow)) needs an input of type '\(type.name)'\(example)")
      }
      throw Refusal(
        "error: the input does not fit its type '\(type.name)'\n"
          + "  \(Printable.line(mismatch.description))\(example)")
    }
    guard let first = unknown.first else { return value }
    let guess = first.guess.map { "; did you mean \(Printable.quoted($0))?" } ?? ""
    throw Refusal(
      "error: the input's type '\(type.name)' has no key \(Printable.quoted(first.keyPath))\(guess)"
        + example)
  }

  /// A command line that would do, on lines of its own.
  private var example: String {
    "\n  for example: \(tool) \(command) \(workflow) --input \(InputExample.word(of: type, schema))"
  }
}
