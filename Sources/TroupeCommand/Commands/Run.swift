import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `run`: a run from its input to its output.
  static let run: Subcommand = Subcommand(
    name: "run", summary: "Run a workflow and print its output.",
    operands: [.workflow],
    options: [
      .value(
        "input", "JSON|@FILE|-",
        "The input: JSON, a file that holds it, or standard\ninput. May be left out if nothing "
          + "in it is required."),
      .set,
      .flag("json", "Print the output as JSON even if it has a text form."),
      .flag("quiet", "Show no progress, only the output and errors."),
    ],
    details: """
      Input and parameters are checked before anything runs. An input that is text
      may be given as it is, without quotes of JSON.

      On a terminal, progress is drawn in place on standard error; otherwise, or with
      TERM=dumb, it is a line for each event. NO_COLOR turns colours off. Ctrl-C stops
      the run and says what was left; a second Ctrl-C leaves at once.
      """,
    examples: [
      ("run NAME --input @input.json --json > output.json", "Reads and writes files."),
      ("run NAME --input INPUT", "Gives the input itself."),
      ("run NAME --set KEY=VALUE", "Sets a parameter, or a key of the input."),
    ]
  ) { invocation in
    let console = invocation.console
    let workflow = try invocation.tool.workflow(of: invocation)
    let ready: RunInput
    do {
      ready = try RunInput(workflow, invocation, of: .run)
    } catch let error as CompilationError {
      console.report(Printable.lines(error.description) + "\n")
      return .failed
    }
    let session = RunSession(
      program: ready.program, input: ready.value, team: invocation.tool.team(), console: console,
      isQuiet: invocation.arguments.has("quiet"))
    do {
      switch try await session.run() {
      case .done(let output):
        try console.output.write(
          ResultText.of(
            output, ready.program.output, asJSON: invocation.arguments.has("json")))
        return .done
      case .failed(let error):
        console.report(FailureText.of(error))
        return .failed
      case .stopped(let code, let left):
        console.report(left.map { "  \($0)\n" }.joined())
        return code
      }
    } catch let mismatch as TeamMismatch {
      console.report(FailureText.of(mismatch))
      return .usage
    }
  }
}

extension Option {
  /// Parameters and keys of the input.
  static let set = value(
    "set", "KEY=VALUE", repeats: true,
    "Set a parameter, or a key of the input. The value is\nJSON where its type is not text; "
      + "'a.b' is key b of a.")
}
