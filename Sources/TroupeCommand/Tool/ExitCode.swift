/// What the executable tells whoever started it.
package enum ExitCode: Int32, Sendable, CaseIterable {
  /// Everything was done, and nothing was found.
  case done = 0
  /// The work was done, with a bad result.
  case failed = 1
  /// The command line, the input or the team is wrong, or a store or a run cannot be read; nothing
  /// was started.
  case usage = 2
  /// A durable run waits for nothing but people, signals and time, and it was asked not to wait.
  case waiting = 3
  /// A durable run stopped before its end: EX_TEMPFAIL of sysexits.h, "try again".
  case resumable = 75
  /// The terminal has gone, or SIGHUP: 128 + 1.
  case hungUp = 129
  /// Ctrl-C, or SIGINT: 128 + 2.
  case interrupted = 130
  /// Standard output was closed: 128 + 13, as for one whom SIGPIPE ends.
  case brokenPipe = 141
  /// SIGTERM: 128 + 15.
  case terminated = 143

  /// What it means, for help.
  var meaning: String {
    switch self {
    case .done: "done; 'check' found no errors, 'diff' no differences"
    case .failed: "the workflow failed or has errors; 'diff' found differences"
    case .usage:
      "the command line, the input or the team is wrong, or a store or a run\n"
        + "cannot be read; nothing was started"
    case .waiting: "with '--until-waiting': the run waits for people, signals or time"
    case .resumable: "a run that is kept in a store was stopped; 'resume' goes on with it"
    case .hungUp: "stopped because its terminal has gone"
    case .interrupted: "stopped by Ctrl-C"
    case .brokenPipe: "standard output was closed before everything was written"
    case .terminated: "stopped by SIGTERM"
    }
  }
}
