import TroupeRuntime

/// A tool that could not be started, passed a limit, or did not end well.
public struct CommandFailure: Error, Sendable, CustomStringConvertible {
  /// What was run.
  public let executable: String
  /// The exit code, or `nil` if it did not exit by itself.
  public let exitCode: Int32?
  /// What happened, with the end of standard error.
  public let description: String

  /// A tool that could not be started, or that was ended.
  init(_ error: CommandError) {
    executable = error.command
    exitCode = nil
    description = error.description
  }

  init(_ executable: String, _ result: CommandResult, wrote problem: String? = nil) {
    self.executable = executable
    let how: String
    switch result.status {
    case .exited(let code):
      exitCode = code
      how = problem.map { "wrote \($0)" } ?? "exited with code \(code)"
    case .signalled(let signal):
      exitCode = nil
      how = "was ended by signal \(signal)"
    }
    let said = PrintableText.of(result.errorTail, isTail: true)
    let tail = said.isEmpty ? "" : "; it last said: \(said)"
    description = "'\(executable)' \(how)\(tail)"
  }
}
