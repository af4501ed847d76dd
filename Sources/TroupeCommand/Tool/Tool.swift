package import TroupeLanguage
import TroupePlan
package import TroupeRuntime

/// A command line over a number of workflows.
package struct Tool {
  /// The executable's name.
  package let name: String
  /// What it is for, in a sentence; may be empty.
  package let summary: String
  /// Its version, if it has one.
  package let version: String?
  /// The workflows that it offers.
  package let workflows: [any Workflow]
  /// The team that runs them; asked for only when it is needed.
  package let team: () -> Team

  package init(
    name: String, summary: String = "", version: String? = nil, workflows: [any Workflow],
    team: @escaping () -> Team = { Team() }
  ) {
    self.name = name
    self.summary = summary
    self.version = version
    self.workflows = workflows
    self.team = team
  }

  /// The commands, in the order of help.
  static let commands: [Subcommand] = [
    .list, .plan, .check, .diagram, .diff, .team, .run, .simulate, .runs, .show, .resume, .signal,
    .cancel, .inbox, .answer, .redirect, .override, .settle, .fork, .repair, .prune,
  ]

  /// Does what the arguments say.
  package nonisolated(nonsending) func run(_ console: Console) async -> ExitCode {
    do {
      return try await perform(console)
    } catch let error as UsageError {
      console.report(error.text(for: name))
      return .usage
    } catch let error as Refusal {
      console.report(error.message + "\n")
      return error.code
    } catch let error as StoreError {
      console.report("error: \(Printable.lines("\(error)"))\n")
      return .usage
    } catch is BrokenPipe {
      return .brokenPipe
    } catch {
      console.report("error: \(Printable.lines("\(error)"))\n")
      return .failed
    }
  }

  private nonisolated(nonsending) func perform(_ console: Console) async throws -> ExitCode {
    guard let word = console.arguments.first else {
      try console.output.write(help.overall(summary: summary, commands: Self.commands))
      return .done
    }
    let rest = console.arguments.dropFirst()
    switch word {
    case "--help", "-h", "help":
      if let extra = rest.dropFirst().first { throw unexpected(extra) }
      try console.output.write(help(on: rest.first, after: word))
      return .done
    case "--version":
      if let extra = rest.first { throw unexpected(extra) }
      try console.output.write(versionText)
      return .done
    default: break
    }
    if word.hasPrefix("-") {
      throw UsageError(
        "there is no option \(Printable.quoted(word)) before the command",
        meant: Nearest.match(String(word), in: ["--help", "--version"]))
    }
    let command = try command(word)
    let arguments = try ArgumentParser(command: command).parse(rest)
    if arguments.has(Option.help.name) {
      try console.output.write(help(of: command, arguments))
      return .done
    }
    return try await command.perform(
      Invocation(tool: self, arguments: arguments, console: console))
  }

  private var help: HelpText { help(for: workflows.first) }

  /// Help with examples of a workflow.
  private func help(for workflow: (any Workflow)?) -> HelpText {
    HelpText(
      tool: name, example: workflow.map { Printable.line($0.name) },
      input: workflow.map { InputExample.word(for: $0) })
  }

  /// The help of a command; with what can be set of the workflow that is named beside `--help`.
  private func help(of command: Subcommand, _ arguments: Arguments) -> String {
    let takesSettings = command.options.contains { $0.name == Option.set.name }
    guard takesSettings, let named = arguments.operands.first,
      let workflow = workflows.first(where: { $0.name == named }),
      // Without one if its defaults cannot be told.
      let parameters = try? ParameterList(of: workflow)
    else { return help.help(of: command) }
    return help(for: workflow).help(of: command, for: parameters)
  }

  private func help(on word: String?, after asked: String) throws -> String {
    guard let word, !["--help", "-h"].contains(word) else {
      return help.overall(summary: summary, commands: Self.commands)
    }
    guard !word.hasPrefix("-") else {
      throw UsageError("there is no option \(Printable.quoted(word)) after '\(asked)'")
    }
    return try help.help(of: command(word))
  }

  private func unexpected(_ word: String) -> UsageError {
    UsageError("unexpected argument \(Printable.quoted(word))")
  }

  private func command(_ word: String) throws(UsageError) -> Subcommand {
    if let command = Self.commands.first(where: { $0.name == word }) { return command }
    if workflows.contains(where: { $0.name == word }) {
      throw UsageError(
        "there is no command \(Printable.quoted(word)), but a workflow", meant: "run \(word)")
    }
    throw UsageError(
      "there is no command \(Printable.quoted(word))",
      meant: Nearest.match(word, in: Self.commands.map(\.name)))
  }

  private var versionText: String {
    guard let version else { return "\(name), made with Troupe \(TroupeVersion.current)\n" }
    return "\(name) \(version)\n"
  }
}
