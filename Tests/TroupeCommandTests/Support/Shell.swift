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
  var signals: @Sendable () -> AsyncStream<Console.Signal> = { AsyncStream { $0.finish() } }
  var leave: @Sendable (ExitCode) -> Void = { _ in }

  func call(_ arguments: String...) async -> Result { await call(arguments) }

  func call(_ arguments: [String]) async -> Result {
    let (output, errors) = (BufferSink(), BufferSink())
    let code = await tool.run(console(arguments, output, errors))
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
    return Console(
      arguments: arguments, environment: environment, output: output, errors: errors,
      size: { size }, isOutputShown: isOutputShown, readInput: { Array(input.utf8) },
      signals: signals, leave: leave)
  }
}
