/// A word that a command takes by its position, as its help shows it and as the parser reads it.
struct Operand: Sendable {
  /// What stands for it in help: `NAME`.
  let name: String
  /// What it is, for help.
  let help: String
  /// Whether it may be left out.
  var isOptional = false

  /// `NAME` or `[NAME]`
  var usage: String { isOptional ? "[\(name)]" : name }
}
