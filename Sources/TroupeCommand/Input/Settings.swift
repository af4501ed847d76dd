import TroupePlan

/// The settings of a run, divided into those of parameters and those of the input.
struct Settings: Sendable {
  /// What may be set on one side.
  struct Side: Sendable {
    /// What describes the values.
    let schema: JSONSchema
    /// The keys, in order.
    let keys: [String]
    /// Whether any other key may be there too.
    let isOpen: Bool

    func has(_ key: String) -> Bool { isOpen || keys.contains(key) }
  }

  /// The parameters that were set, as far as they were.
  private(set) var parameters = JSONValue.object([:])
  /// The keys of the input that were set; `nil` if none was.
  private(set) var input: JSONValue?

  /// Finds out what each setting sets.
  ///
  /// - Throws: `Refusal` for a key that neither side has, that both have, or that is set
  ///   twice.
  init(_ settings: [Setting], of workflow: String, parameters: Side, input: Side) throws {
    var seen: Set<String> = []
    for setting in settings {
      guard seen.insert(setting.key).inserted else {
        throw Refusal("error: \(Printable.quoted(setting.key)) is set twice")
      }
      try add(setting, of: workflow, parameters, input)
    }
  }

  private mutating func add(
    _ setting: Setting, of workflow: String, _ parameters: Side, _ input: Side
  ) throws {
    let key = setting.path[0]
    let isParameter = parameters.has(key)
    // Of a key that could be any, the parameter is meant.
    let isInput = isParameter ? input.keys.contains(key) : input.has(key)
    switch (isParameter, isInput) {
    case (true, true):
      throw Refusal(
        """
        error: \(Printable.quoted(key)) is a parameter of \(Printable.quoted(workflow)) and also \
        a key of its input
          set parameters.\(Printable.line(key)) or input.\(Printable.line(key))
        """)
    case (true, false): set(parameter: setting, parameters)
    case (false, true): set(input: setting, input)
    case (false, false):
      switch key {
      case "parameters" where setting.path.count > 1 && parameters.has(setting.path[1]):
        set(parameter: setting.withoutFirst, parameters)
      case "input" where setting.path.count > 1 && input.has(setting.path[1]):
        set(input: setting.withoutFirst, input)
      default: throw Self.unknown(key, of: workflow, parameters, input)
      }
    }
  }

  private mutating func set(parameter setting: Setting, _ side: Side) {
    parameters = setting.object(in: side.schema).merging(over: parameters)
  }

  private mutating func set(input setting: Setting, _ side: Side) {
    input = setting.object(in: side.schema).merging(over: input ?? .object([:]))
  }

  private static func unknown(
    _ key: String, of workflow: String, _ parameters: Side, _ input: Side
  ) -> Refusal {
    let guess = Nearest.match(key, in: parameters.keys + input.keys)
      .map { "; did you mean \(Printable.quoted($0))?" }
    var lines = [
      """
      error: \(Printable.quoted(key)) is neither a parameter of \(Printable.quoted(workflow)) nor \
      a key of its input\(guess ?? "")
      """
    ]
    for (name, side) in [("parameters", parameters), ("keys of the input", input)] {
      let keys = side.keys.isEmpty ? "none" : side.keys.map(Printable.line).joined(separator: ", ")
      lines.append("  \(name): \(keys)")
    }
    return Refusal(lines.joined(separator: "\n"))
  }
}
