import TroupePlan

/// A new version of an artifact, as an argument says it: `limit=12`.
struct ArtifactSetting: Sendable {
  let name: String
  private let text: String

  /// Reads `NAME=JSON`.
  ///
  /// - Throws: `UsageError` if it has another form.
  init(_ argument: String, of command: Subcommand) throws(UsageError) {
    guard let equals = argument.firstIndex(of: "="), equals > argument.startIndex else {
      throw UsageError(
        "option '--artifact' takes NAME=JSON, not \(Printable.quoted(argument))", of: command)
    }
    name = String(argument[..<equals])
    text = String(argument[argument.index(after: equals)...])
  }

  /// The values by their names; of one that is set twice the last.
  ///
  /// - Parameter types: The types of the artifacts; `nil` if the workflow is not there to tell
  ///   them.
  /// - Throws: `Refusal` if a value is no JSON, or of another type.
  static func values(
    of settings: [ArtifactSetting], _ types: SlotTable?
  ) throws -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for setting in settings {
      let slot = types?.outermost[setting.name]
      values[setting.name] = try setting.value(of: slot.flatMap { types?.type(of: $0) })
    }
    return values
  }

  private func value(of type: ValueType?) throws -> JSONValue {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: text)
    } catch let error as JSONSyntaxError {
      let beginsLikeJSON = text.first.map { "{[\"-0123456789".contains($0) } ?? false
      guard type?.isText == true || !beginsLikeJSON else {
        throw Refusal(
          "error: the value of \(Printable.quoted(name)) is no JSON: \(Printable.line("\(error)"))")
      }
      json = .string(text)
    }
    guard let type else { return json }
    // Where text is wanted, what is no JSON string is the text itself.
    if case .string = json {} else if type.isText { return .string(text) }
    do {
      _ = try type.decode(json)
    } catch {
      throw Refusal(
        "error: artifact \(Printable.quoted(name)) is of type \(type.name): "
          + Printable.line("\(error)"))
    }
    return json
  }
}
