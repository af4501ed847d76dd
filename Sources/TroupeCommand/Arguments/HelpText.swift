/// The help of an executable and of its commands, made from the tables that the parser uses.
struct HelpText {
  /// The executable's name.
  let tool: String
  /// A workflow to name in examples, where there is one.
  var example: String?
  /// An input of that workflow, as a word for a shell.
  var input: String?

  /// The help of the whole executable.
  func overall(summary: String, commands: [Subcommand]) -> String {
    let summary = summary.isEmpty ? "" : "\(Printable.line(summary))\n\n"
    let rows = commands.map { ($0.name, $0.summary) } + [("help [COMMAND]", "Show help.")]
    return """
      \(summary)usage: \(tool) COMMAND [ARGUMENT]…

      Commands:
      \(table(rows))
      Options:
      \(table([("--help", "Show this help."), ("--version", "Show the version.")]))
      Results go to standard output, everything else to standard error.

      Exit codes:
      \(table(ExitCode.allCases.map { ("\($0.rawValue)", $0.meaning) }))
      Try '\(tool) COMMAND --help' for the options and examples of a command.

      """
  }

  /// The help of one command.
  ///
  /// - Parameter parameters: Those of the workflow that was named with it.
  func help(of command: Subcommand, for parameters: ParameterList? = nil) -> String {
    var text = "\(command.summary)\n\nusage: \(tool) \(command.usage)\n"
    if !command.operands.isEmpty {
      text += "\nArguments:\n" + table(command.operands.map { ($0.name, $0.help) })
    }
    text += "\nOptions:\n" + table(command.allOptions.map { ($0.usage, $0.help) })
    if let parameters { text += "\n" + shown(parameters) }
    if !command.details.isEmpty { text += "\n\(command.details)\n" }
    if !command.examples.isEmpty {
      text += "\nExamples:\n"
      for (line, does) in command.examples {
        text += "\(shown(line))\n      \(does)\n"
      }
    }
    return text
  }

  /// What a workflow lets users set: the type, the bounds, the default and the meaning of each.
  private func shown(_ parameters: ParameterList) -> String {
    let name = example.map { " of '\($0)'" } ?? ""
    guard !parameters.entries.isEmpty else { return "Parameters\(name): none\n" }
    let widest = parameters.entries.map { ColumnWidth.of($0.key) }.filter { $0 <= Self.widest }
      .max()
    let rows = parameters.entries.map { entry in
      var type = entry.schema.words ?? "any JSON"
      if let bounds = entry.schema.bounds { type += ", \(bounds)" }
      let standard = entry.standard.map { "\($0.canonicalText) if left out" } ?? "may be left out"
      let lines = ["\(type); \(standard)", entry.schema.meaning ?? ""]
        .flatMap { ColumnWidth.wrap(Printable.line($0), to: 80 - 4 - (widest ?? 0)) }
      return (Printable.line(entry.key), lines.joined(separator: "\n"))
    }
    return "Parameters\(name), for '--set':\n" + table(rows)
  }

  /// An example with the workflow's name, and with an input of it if that has room.
  private func shown(_ line: String) -> String {
    func text(_ input: String) -> String {
      let words = line.split(separator: " ").map { word in
        switch word {
        case "NAME": example ?? "NAME"
        case "INPUT": input
        default: String(word)
        }
      }
      return "  \(tool) " + words.joined(separator: " ")
    }
    let whole = text(input ?? "JSON")
    return ColumnWidth.of(whole) <= 80 ? whole : text("JSON")
  }

  /// The most columns of what stands in the first of two columns beside the second.
  private static let widest = 26

  /// Two columns; what has no room in the first begins a line of its own.
  private func table(_ rows: [(String, String)]) -> String {
    let widest = rows.map { ColumnWidth.of($0.0) }.filter { $0 <= Self.widest }.max() ?? 0
    return rows.map { left, right in
      let indent = String(repeating: " ", count: widest + 4)
      let first = ColumnWidth.of(left) > widest ? "  \(left)\n\(indent)" : "  \(left)"
      let gap =
        ColumnWidth.of(left) > widest
        ? "" : String(repeating: " ", count: widest + 2 - ColumnWidth.of(left))
      let lines = right.split(separator: "\n", omittingEmptySubsequences: false)
      return first + gap + lines.joined(separator: "\n\(indent)") + "\n"
    }.joined()
  }
}
