import Testing
import TroupeCommand

@Suite struct ArgumentTests {
  private func errors(_ arguments: String...) async -> String { await errors(arguments) }

  private func errors(_ arguments: [String]) async -> String {
    let (output, errors) = (BufferSink(), BufferSink())
    let tool = Tool(name: "newsroom", workflows: [Greeting()])
    let code = await tool.run(
      Console(arguments: arguments, environment: [:], output: output, errors: errors))
    #expect(code == .usage)
    #expect(output.text.isEmpty)
    return errors.text
  }

  @Test func anUnknownCommandSuggestsTheNearest() async {
    #expect(
      await errors("rnu") == """
        error: there is no command 'rnu'; did you mean 'run'?
        Try 'newsroom --help' for the commands.

        """)
    #expect(
      await errors("greeting").hasPrefix(
        "error: there is no command 'greeting', but a workflow; did you mean 'run greeting'?\n"))
    #expect(
      await errors("\u{1B}[2J") == """
        error: there is no command '\\u{1B}[2J'
        Try 'newsroom --help' for the commands.

        """)
  }

  @Test func anUnknownOptionSuggestsTheNearest() async {
    #expect(
      await errors("plan", "greeting", "--jsn") == """
        error: 'plan' has no option '--jsn'; did you mean '--json'?
        usage: newsroom plan NAME [--json]
        Try 'newsroom plan --help' for more.

        """)
    #expect(
      await errors("--verison").hasPrefix(
        "error: there is no option '--verison' before the command; did you mean '--version'?"))
    #expect(await errors("plan", "-x").hasPrefix("error: 'plan' has no option '-x'\n"))
  }

  @Test func whatIsMissingOrTooMuchIsNamed() async {
    #expect(
      await errors("plan").hasPrefix(
        "error: 'plan' needs NAME: The name of a workflow, as 'list' shows it.\nusage: "))
    #expect(await errors("list", "all").hasPrefix("error: unexpected argument 'all'\n"))
    #expect(
      await errors("diff", "a.json").hasPrefix(
        "error: 'diff' needs NEW.json: Another plan's JSON; '-' for standard input.\n"))
  }

  @Test func helpAndVersionTakeNothingThatTheyDoNotKnow() async {
    let remedy = "\nTry 'newsroom --help' for the commands.\n"
    for (arguments, message) in [
      (["help", "--bogus"], "there is no option '--bogus' after 'help'"),
      (["--help", "--bogus"], "there is no option '--bogus' after '--help'"),
      (["-h", "--version"], "there is no option '--version' after '-h'"),
      (["help", "--version"], "there is no option '--version' after 'help'"),
      (["help", "plan", "x"], "unexpected argument 'x'"),
      (["--help", "plan", "--json"], "unexpected argument '--json'"),
      (["--version", "x"], "unexpected argument 'x'"),
      (["--version", "--bogus"], "unexpected argument '--bogus'"),
    ] {
      #expect(await errors(arguments) == "error: \(message)\(remedy)", "\(arguments)")
    }
  }

  @Test func ofAVeryLongWordOnlyTheBeginningIsShown() async {
    let word = String(repeating: "x", count: 200)
    #expect(await errors(word).hasPrefix("error: there is no command '\(word)'\n"))
    #expect(await errors(word + "yz").hasPrefix("error: there is no command '\(word)…'\n"))
  }

  @Test func valuesOfOptionsAreChecked() async {
    let cases: [([String], String)] = [
      (["run", "greeting", "--input"], "option '--input' needs a value: JSON|@FILE|-"),
      (["run", "greeting", "--input", "--json"], "option '--input' needs a value: JSON|@FILE|-"),
      (["run", "greeting", "--json=1"], "option '--json' takes no value"),
      (["run", "greeting", "--input=1", "--input=2"], "option '--input' is given twice"),
      (["run", "greeting", "--set", "name"], "option '--set' takes KEY=VALUE, not 'name'"),
      (["run", "greeting", "--set", ".a=1"], "option '--set' takes KEY=VALUE, not '.a=1'"),
      (
        ["diagram", "greeting", "--format", "svg"],
        "option '--format' takes dot or mermaid, not 'svg'"
      ),
    ]
    for (arguments, message) in cases {
      let errors = BufferSink()
      let tool = Tool(name: "newsroom", workflows: [Greeting()])
      let code = await tool.run(
        Console(arguments: arguments, environment: [:], output: BufferSink(), errors: errors))
      #expect(code == .usage)
      #expect(errors.text.hasPrefix("error: \(message)\nusage: newsroom "), "\(arguments)")
    }
  }

  @Test func optionsMayStandAnywhereUntilTwoDashes() async {
    let shell = Shell()
    #expect(await shell.call("run", "--quiet", "--input=hello", "echo").output == "hello\n")
    #expect(await shell.call("run", "echo", "--quiet", "--input=--json").output == "--json\n")
    #expect(
      await shell.call("run", "--quiet", "--input", "hello", "--", "echo").output == "hello\n")
    #expect(await shell.call("run", "--", "echo", "--json").code == .usage)
  }

  @Test func anUnknownWorkflowSuggestsTheNearest() async {
    let result = await Shell().call("plan", "greting")
    #expect(result.code == .usage)
    #expect(
      result.errors == """
        error: no workflow is named 'greting'; did you mean 'greeting'?
          there is: greeting, echo, doomed, manned

        """)
  }
}
