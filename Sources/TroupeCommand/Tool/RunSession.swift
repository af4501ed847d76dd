import TroupePlan
import TroupeRuntime

/// One run from the command line: started, shown, and stopped when a signal asks for it.
struct RunSession: Sendable {
  /// How a run ended.
  enum Ending: Sendable {
    /// With its output.
    case done(any Sendable)
    /// With an error.
    case failed(any Error)
    /// By a signal; the lines say what was left.
    case stopped(ExitCode, left: [String])
  }

  let program: Program
  let input: any Sendable
  let team: Team
  let console: Console
  let isQuiet: Bool

  /// The first signal that asked the run to stop, and what was left when it did.
  private struct Stop: Sendable {
    let code: ExitCode
    let left: [String]
  }

  /// Runs to the end, whichever it is.
  ///
  /// - Throws: `TeamMismatch` if the team cannot do the work; then nothing was started.
  func run() async throws -> Ending {
    try await Runtime(team: team).withRun(of: program, input: input) { run in
      let log = run.events.log
      let reporter = ProgressReporter(
        program.plan, on: console, isQuiet: isQuiet, elapsed: { log.elapsed })
      let stop = Lock<Stop?>(nil)
      let result: Result<any Sendable, any Error> = await withTaskGroup(of: Void.self) { group in
        group.addTask { await reporter.redraw() }
        group.addTask { await watchSignals(run, reporter, stop) }
        await reporter.follow(run.events)
        let result: Result<any Sendable, any Error>
        do {
          result = .success(try await run.output())
        } catch {
          result = .failure(error)
        }
        group.cancelAll()
        return result
      }
      return end(result, reporter, stop.withLock { $0 })
    }
  }

  private func end(
    _ result: Result<any Sendable, any Error>, _ reporter: ProgressReporter, _ stop: Stop?
  ) -> Ending {
    switch (result, stop) {
    case (.success(let output), _):
      reporter.end("done in")
      return .done(output)
    case (.failure, let stop?):
      reporter.end("stopped after")
      return .stopped(stop.code, left: stop.left)
    case (.failure(let error), nil):
      reporter.end("failed after")
      return .failed(error)
    }
  }

  private func watchSignals(
    _ run: RunState, _ reporter: ProgressReporter, _ stop: Lock<Stop?>
  ) async {
    for await signal in console.signals() {
      let code: ExitCode
      switch signal {
      case .resize:
        reporter.resize()
        continue
      case .interrupt: code = .interrupted
      case .terminate: code = .terminated
      case .hangUp: code = .hungUp
      }
      let isFirst = stop.withLock { $0 == nil }
      guard isFirst else {
        reporter.restore()
        console.leave(code)
        return
      }
      reporter.stop(after: signal)
      // From the events themselves, because the reporter may be behind them.
      let log = run.events.log
      let summary = RunSummary(events: log.events, plan: program.plan, elapsed: log.elapsed)
      stop.withLock { $0 = Stop(code: code, left: summary.left) }
      run.cancel()
    }
  }
}
