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
    /// What to say where there are no keys; that there are none if it is `nil`.
    var advice: String?

    func has(_ key: String) -> Bool { isOpen || keys.contains(key) }
  }

  /// The parameters that were set, as far as they were.
  private(set) var parameters = JSONValue.object([:])
  /// The keys of the input that were set; `nil` if none was.
  private(set) var input: JSONValue?
  private var seen: [(side: String, setting: Setting)] = []

  /// Finds out what each setting sets.
  ///
  /// - Throws: `Refusal` for a key that neither side has, that both have, or that is set twice,
  ///   as itself or as a part of another.
  init(_ settings: [Setting], of workflow: String, parameters: Side, input: Side) throws {
    for setting in settings { try add(setting, of: workflow, parameters, input) }
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
    case (true, false): try set(parameter: setting, parameters)
    case (false, true): try set(input: setting, input)
    case (false, false):
      switch key {
      case "parameters" where setting.path.count > 1 && parameters.has(setting.path[1]):
        try set(parameter: setting.withoutFirst, parameters)
      case "input" where setting.path.count > 1 && input.has(setting.path[1]):
        try set(input: setting.withoutFirst, input)
      default: throw Self.unknown(key, of: workflow, parameters, input)
      }
    }
  }

  private mutating func set(parameter setting: Setting, _ side: Side) throws {
    try note(setting, on: "parameters")
    parameters = try setting.object(in: side.schema).merging(over: parameters)
  }

  private mutating func set(input setting: Setting, _ side: Side) throws {
    try note(setting, on: "input")
    input = try setting.object(in: side.schema).merging(over: input ?? .object([:]))
  }

  /// Refuses a key that is set a second time, in whichever form it was written, and one that
  /// holds another, because one of the two values would be lost.
  private mutating func note(_ setting: Setting, on side: String) throws {
    for other in seen where other.side == side {
      let (first, second) = (other.setting, setting)
      guard first.path != second.path else {
        throw Refusal("error: \(Printable.quoted(setting.key)) is set twice")
      }
      guard !first.path.starts(with: second.path), !second.path.starts(with: first.path) else {
        throw Refusal(
          "error: \(Printable.quoted(first.key)) and \(Printable.quoted(second.key)) are both set, "
            + "and one is a part of the other")
      }
    }
    seen.append((side, setting))
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
      lines.append("  " + (side.advice ?? "\(name): \(keys)"))
    }
    return Refusal(lines.joined(separator: "\n"))
  }
}
