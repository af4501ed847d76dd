/// A command line that cannot be understood: what is wrong, and what was probably meant.
struct UsageError: Error, Sendable {
  /// What is wrong, in one sentence without a full stop.
  let message: String
  /// What was probably meant.
  let meant: String?
  /// The command whose usage is shown with it; the overall help is named if there is none.
  let command: Subcommand?

  init(_ message: String, meant: String? = nil, of command: Subcommand? = nil) {
    self.message = message
    self.meant = meant
    self.command = command
  }

  /// The error as a person reads it.
  ///
  /// - Parameter tool: The executable's name.
  func text(for tool: String) -> String {
    let guess = meant.map { "; did you mean '\(Printable.line($0))'?" } ?? ""
    guard let command else {
      return "error: \(message)\(guess)\nTry '\(tool) --help' for the commands.\n"
    }
    return """
      error: \(message)\(guess)
      usage: \(tool) \(command.usage)
      Try '\(tool) \(command.name) --help' for more.

      """
  }
}
