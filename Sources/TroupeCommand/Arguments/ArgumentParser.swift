import TroupePlan

/// Reads the arguments of a command by the conventions of GNU ("Program Argument Syntax
/// Conventions" of the GNU C Library's manual): options and operands in any order, `--key value`
/// and `--key=value` alike, `--` ends the options, `-` alone is an operand or a value.
struct ArgumentParser {
  let command: Subcommand

  /// Reads arguments that follow the command's name.
  ///
  /// - Throws: `UsageError` that says what is wrong and what was probably meant.
  func parse(_ words: some Sequence<String>) throws(UsageError) -> Arguments {
    var arguments = Arguments()
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      if word == "--" {
        for word in rest { try add(operand: word, to: &arguments) }
        break
      }
      if word == "-h" {
        arguments.options[Option.help.name] = [""]
      } else if word.hasPrefix("-"), word != "-" {
        try add(option: word, &rest, to: &arguments)
      } else {
        try add(operand: word, to: &arguments)
      }
    }
    guard !arguments.has(Option.help.name) else { return arguments }
    let needed = command.operands.filter { !$0.isOptional }
    if let missing = needed.dropFirst(arguments.operands.count).first {
      throw UsageError("'\(command.name)' needs \(missing.name): \(missing.help)", of: command)
    }
    return arguments
  }

  private func add(operand: String, to arguments: inout Arguments) throws(UsageError) {
    guard arguments.operands.count < command.operands.count else {
      throw UsageError("unexpected argument \(Printable.quoted(operand))", of: command)
    }
    arguments.operands.append(operand)
  }

  private func add(
    option word: String, _ rest: inout ArraySlice<String>, to arguments: inout Arguments
  ) throws(UsageError) {
    let body = word.drop { $0 == "-" }
    let name = String(body.prefix { $0 != "=" })
    let attached = body.count > name.count ? String(body.dropFirst(name.count + 1)) : nil
    guard word.hasPrefix("--"), let option = command.allOptions.first(where: { $0.name == name })
    else {
      throw UsageError(
        "'\(command.name)' has no option \(Printable.quoted(shown(word)))",
        meant: Nearest.match(name, in: command.allOptions.map(\.name)).map { "--\($0)" },
        of: command)
    }
    if arguments.has(option.name), !option.repeats, option.value != nil {
      throw UsageError("option '--\(option.name)' is given twice", of: command)
    }
    guard let placeholder = option.value else {
      guard attached == nil else {
        throw UsageError("option '--\(option.name)' takes no value", of: command)
      }
      arguments.options[option.name] = [""]
      return
    }
    let value = attached ?? rest.first.flatMap { isOption($0) ? nil : $0 }
    guard let value else {
      throw UsageError("option '--\(option.name)' needs a value: \(placeholder)", of: command)
    }
    if attached == nil { rest.removeFirst() }
    guard option.choices.isEmpty || option.choices.contains(value) else {
      throw UsageError(
        "option '--\(option.name)' takes \(option.choices.joined(separator: " or ")), not "
          + Printable.quoted(value), of: command)
    }
    arguments.options[option.name, default: []].append(value)
  }

  private func shown(_ word: String) -> String { String(word.prefix { $0 != "=" }) }

  /// Whether a word that stands where a value should is an option instead; a value that looks like
  /// one is given as `--key=value`.
  private func isOption(_ word: String) -> Bool {
    let name = word.dropFirst(2).prefix { $0 != "=" }
    return word == "--" || word == "-h"
      || word.hasPrefix("--") && command.allOptions.contains { $0.name == name }
  }
}
