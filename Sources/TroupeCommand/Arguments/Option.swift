/// An option of a command, as its help shows it and as the parser reads it.
struct Option: Sendable {
  /// The name without its dashes.
  let name: String
  /// What stands for the value in help; `nil` for an option that takes none.
  let value: String?
  /// The only values that it takes; any if empty.
  let choices: [String]
  /// Whether it may be given several times.
  let repeats: Bool
  /// What it does, for help.
  let help: String

  /// An option that is there or not.
  static func flag(_ name: String, _ help: String) -> Option {
    Option(name: name, value: nil, choices: [], repeats: false, help: help)
  }

  /// An option that takes a value.
  static func value(
    _ name: String, _ value: String, choices: [String] = [], repeats: Bool = false, _ help: String
  ) -> Option {
    Option(name: name, value: value, choices: choices, repeats: repeats, help: help)
  }

  /// The option that every command has.
  static let help = flag("help", "Show this help.")

  /// `--input JSON|@FILE|-`
  var usage: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }
}
