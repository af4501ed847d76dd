public import TroupeRuntime

/// An agent that is a command-line tool.
///
/// ```swift
/// Member("scribe", plays: .writer) { CommandAgent("claude", "-p") }
/// ```
///
/// The tool is started by name or path with a list of arguments, never through a shell, and gets
/// the assignment as text. What it writes to standard output is the delivery. It runs in a process
/// group of its own, which is ended as a whole when the assignment is given up: SIGTERM, and after
/// a grace period SIGKILL. Any exit code but 0 is an error that holds the end of standard error.
///
/// A tool that outlives the process of a kept run, because that was killed, is ended when the run goes
/// on, before anything of it is done again, or is removed.
public struct CommandAgent: Agent {
  /// How the tool gets the assignment.
  public enum Prompt: Sendable, Hashable {
    /// On its standard input.
    case standardInput
    /// As its last argument.
    case argument
  }

  private let command: Command
  private let prompt: Prompt

  /// Creates an agent.
  ///
  /// - Parameters:
  ///   - executable: The tool's path if it holds a slash, else its name, to be found in the
  ///     environment's `PATH`.
  ///   - arguments: Its arguments.
  ///   - prompt: How it gets the assignment.
  ///   - environment: Its whole environment; by default what a tool needs to find its way, and no
  ///     secrets.
  ///   - directory: Its working directory; by default this process's own.
  ///   - timeLimit: The time after which it is ended, beside the limits of the stage.
  ///   - outputLimit: The most bytes that it may write to standard output.
  public init(
    _ executable: String, _ arguments: String..., prompt: Prompt = .standardInput,
    environment: CommandEnvironment = .basic, directory: String? = nil,
    timeLimit: Duration = .seconds(3_600), outputLimit: Int = 10_000_000
  ) {
    self.init(
      executable, arguments: arguments, prompt: prompt, environment: environment,
      directory: directory, timeLimit: timeLimit, outputLimit: outputLimit)
  }

  /// Creates an agent from a list of arguments.
  package init(
    _ executable: String, arguments: [String], prompt: Prompt = .standardInput,
    environment: CommandEnvironment = .basic, directory: String? = nil,
    timeLimit: Duration = .seconds(3_600), outputLimit: Int = 10_000_000
  ) {
    var limits = Command.Limits()
    limits.time = timeLimit
    limits.output = outputLimit
    command = Command(
      executable, arguments: arguments.map { Array($0.utf8) }, environment: environment.variables,
      directory: directory, limits: limits)
    self.prompt = prompt
  }

  /// Runs the tool.
  ///
  /// - Throws: `CommandFailure` with what kept it from being started, the limit that it passed, or
  ///   its exit code, each with the end of standard error.
  public func perform(_ assignment: Assignment) async throws -> Delivery {
    var command = command
    command.groups = StageContext.current?.groups
    let text = Array(assignment.text.utf8)
    switch prompt {
    case .standardInput: command.input = .bytes(text)
    case .argument: command.arguments.append(text)
    }
    let result: CommandResult
    do {
      result = try await command.run()
    } catch {
      throw CommandFailure(error)
    }
    guard result.status == .exited(0) else {
      throw CommandFailure(command.executable, result)
    }
    guard var output = String(validating: result.output, as: UTF8.self) else {
      throw CommandFailure(command.executable, result, wrote: "text that is not UTF-8")
    }
    while output.last?.isNewline == true { output.removeLast() }
    return .text(output)
  }
}
