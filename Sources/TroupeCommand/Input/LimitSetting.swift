import TroupePlan
import TroupeRuntime

/// One `--limit PATH=VALUE`, as it was given.
struct LimitSetting: Sendable {
  /// The kinds of limits, as they stand before a value: `rounds:5`.
  private static let kinds = [
    "rounds", "reworks", "attempts", "tolerance", "timeout", "deadline", "cost", "tokens", "time",
    "total-attempts",
  ]

  private let argument: String
  private let path: String
  private let kind: String?
  private let value: String

  /// Reads `PATH=VALUE`, where the value may say which limit is meant: `PATH=rounds:5`.
  ///
  /// - Throws: `UsageError` if it has another form.
  init(_ argument: String, of command: Subcommand) throws(UsageError) {
    self.argument = argument
    // A name may have an equals sign, a value has none.
    guard let mark = argument.lastIndex(of: "="), mark > argument.startIndex else {
      throw UsageError(
        "option '--limit' takes PATH=VALUE, not \(Printable.quoted(argument))", of: command)
    }
    path = String(argument[..<mark])
    let text = argument[argument.index(after: mark)...]
    if let colon = text.firstIndex(of: ":") {
      let word = String(text[..<colon])
      guard Self.kinds.contains(word) else {
        throw UsageError(
          "\(Printable.quoted(word)) is no kind of limit; there are "
            + Self.kinds.map { "'\($0)'" }.joined(separator: ", "),
          meant: Nearest.match(word, in: Self.kinds), of: command)
      }
      kind = word
      value = text[text.index(after: colon)...].trimmingBlanks
    } else {
      kind = nil
      value = text.trimmingBlanks
    }
  }

  /// The limit; which one is meant follows from the step, if it has only one that fits the value.
  ///
  /// - Throws: `UsageError` if the value fits none, or several.
  func limit(in plan: Plan, of command: Subcommand) throws(UsageError) -> RaisedLimit {
    let all = limits
    guard !all.isEmpty else {
      throw UsageError(
        "\(Printable.quoted(value)) is no value of a limit: it is a number, or a time like "
          + "'2 h'", of: command)
    }
    if let kind {
      guard let limit = all[kind] else {
        throw UsageError(
          "\(Printable.quoted(value)) is no value for '\(kind)' in \(Printable.quoted(argument))",
          of: command)
      }
      return RaisedLimit(limit, at: path)
    }
    let node = plan.node(at: Path(text: path))
    let fitting = Self.kinds.filter { kind in
      all[kind].map { node?.current($0) != nil } ?? false
    }
    if fitting.count == 1, let limit = all[fitting[0]] { return RaisedLimit(limit, at: path) }
    guard fitting.isEmpty else {
      throw UsageError(
        "\(Printable.quoted(path)) has several limits; say which is meant: "
          + fitting.map { "'\(path)=\($0):\(value)'" }.joined(separator: " or "), of: command)
    }
    guard node == nil else {
      throw UsageError(
        "\(Printable.quoted(path)) has no limit that could be \(Printable.quoted(value))",
        of: command)
    }
    let paths = plan.nodes.map(\.path.description)
    throw UsageError(
      "\(Printable.quoted(plan.workflow)) has no step \(Printable.quoted(path))",
      meant: Nearest.match(path, in: paths), of: command)
  }

  /// The limits that the value can be, by their kinds.
  private var limits: [String: StepLimit] {
    if let count = Int(value), count > 0 {
      return [
        "rounds": .rounds(count), "reworks": .reworks(count), "attempts": .attempts(count),
        "tolerance": .tolerance(count), "cost": .budget(.cost(Double(count))),
        "tokens": .budget(.tokens(count)), "total-attempts": .budget(.attempts(count)),
      ]
    }
    if let cost = Double(value), cost > 0, cost.isFinite { return ["cost": .budget(.cost(cost))] }
    if let length = DurationText.parse(value), length > .zero {
      return [
        "timeout": .timeout(length), "deadline": .deadline(length),
        "time": .budget(.time(length)),
      ]
    }
    return [:]
  }

  /// A limit as the option takes it: `launch-post/improve=rounds:6`.
  static func text(_ raised: RaisedLimit) -> String {
    let value =
      switch raised.limit {
      case .rounds(let count): "rounds:\(count)"
      case .reworks(let count, _): "reworks:\(count)"
      case .attempts(let count): "attempts:\(count)"
      case .tolerance(let count): "tolerance:\(count)"
      case .budget(.cost(let cost)): "cost:\(JSONValue.number(cost).canonicalText)"
      case .budget(.tokens(let count)): "tokens:\(count)"
      case .budget(.time(let length)): "time:\(DurationText.iso(length))"
      case .budget(.attempts(let count)): "total-attempts:\(count)"
      case .timeout(let length): "timeout:\(DurationText.iso(length))"
      case .deadline(let length): "deadline:\(DurationText.iso(length))"
      }
    return "\(raised.path)=\(value)"
  }
}

extension Substring {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
