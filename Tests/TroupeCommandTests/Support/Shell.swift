import Testing
import Troupe
import TroupeCommand

/// Calls the command line of a number of workflows, as a shell would.
struct Shell: Sendable {
  struct Result: Sendable {
    let code: ExitCode
    let output: String
    let errors: String
  }

  var workflows: [any Workflow] = [Greeting(), Echo(), Doomed(), Manned()]
  var team = Team()
  var environment: [String: String] = [:]
  var input = ""
  var size: TerminalSize?
  var isOutputShown = false
  /// Who types at the terminal, if somebody does.
  var typist: Typist?
  var signals: @Sendable () -> AsyncStream<Console.Signal> = { AsyncStream { $0.finish() } }
  var leave: @Sendable (ExitCode) -> Void = { _ in }

  func call(_ arguments: String...) async -> Result { await call(arguments) }

  func call(_ arguments: [String]) async -> Result {
    let (output, errors) = (BufferSink(), BufferSink())
    let shown: any TextSink = typist.map { $0.watching(errors) } ?? errors
    let code = await tool.run(console(arguments, output, shown))
    return Result(code: code, output: output.text, errors: errors.text)
  }

  func callWithClosedOutput(_ arguments: String...) async -> Result {
    let errors = BufferSink()
    let code = await tool.run(console(arguments, ClosedSink(), errors))
    return Result(code: code, output: "", errors: errors.text)
  }

  private var tool: Tool {
    let team = team
    return Tool(
      name: "newsroom", summary: "Runs the news.", version: nil, workflows: workflows,
      team: { team })
  }

  private func console(
    _ arguments: [String], _ output: any TextSink, _ errors: any TextSink
  ) -> Console {
    let (size, input) = (size, input)
    let lines: @Sendable () -> AsyncStream<String>
    if let typist { lines = typist.lines } else { lines = { AsyncStream { $0.finish() } } }
    return Console(
      arguments: arguments, environment: environment, output: output, errors: errors,
      size: { size }, isOutputShown: isOutputShown, readInput: { Array(input.utf8) },
      isInputTyped: typist != nil, lines: lines,
      signals: signals, leave: leave)
  }
}
