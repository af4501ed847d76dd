import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// One run from the command line: started or gone on with, shown, and stopped when a signal asks
/// for it.
struct RunSession: Sendable {
  /// How a run ended.
  enum Ending: Sendable {
    /// With its output.
    case done(any Sendable)
    /// With an error.
    case failed(any Error)
    /// Because it waits for nothing but people, signals and time.
    case waiting(RunIsWaiting)
    /// By a signal; the lines say what was left.
    case stopped(ExitCode, left: [String])
  }

  let program: Program
  let input: any Sendable
  let team: Team
  /// The file that it comes from; `nil` if it is the executable's own.
  var teamFile: String?
  let console: Console
  let isQuiet: Bool
  /// Where the run is kept; `nil` if it leaves nothing behind.
  var place: StorePlace?
  /// The identity that it is to have; `nil` for any.
  var id: String?
  /// Whether to stop it as soon as it waits for nothing but people, signals and time.
  var stopsWhenWaiting = false
  /// The executable's name, to say how to go on.
  var tool = ""
  /// What is different when it goes on.
  var resumption = Resumption()
  /// How long what is at work in a kept run may take to come to its end when the run is to stop.
  var grace = GraceSetting.usual

  /// Who is told when people are asked.
  var hooks: Hooks?

  /// The first signal that asked the run to stop, and what was left when it did; of a kept run that
  /// is only known when it has stopped.
  private struct Stop: Sendable {
    let code: ExitCode
    let left: [String]?
  }

  /// Runs to the end, whichever it is.
  ///
  /// - Returns: How it ended, and the run's identity.
  /// - Throws: `TeamMismatch`, `RunIsHeld`, `RunMismatch`, `LimitRefused` or `StoreError`; then
  ///   nothing was started.
  func run() async throws -> (ending: Ending, id: String) {
    let runtime = Runtime(team: team, store: place?.store)
    return try await runtime.withRun(
      of: program, input: input, id: id, resumption, stopsWhenWaiting: stopsWhenWaiting
    ) { run in
      let log = run.events.log
      let last = log.events.last
      if let last, case .ended = last.kind, last.sequence <= run.past {
        return (await outcome(run), run.id)
      }
      if !isQuiet { console.report(opening(run)) }
      let reporter = ProgressReporter(
        program.plan, on: console, isQuiet: isQuiet, past: run.past,
        known: { await known(before: $0, of: run.id) },
        hint: { inboxHint($0, run) }, elapsed: { log.elapsed })
      let stop = Lock<Stop?>(nil)
      let ending = await withTaskGroup(of: Void.self) { group in
        group.addTask { await reporter.redraw() }
        group.addTask { await watchSignals(run, runtime, reporter, stop) }
        group.addTask { await tellHooks(run) }
        await reporter.follow(run.events)
        let ending = await outcome(run)
        await tellHooks(of: run.id)
        await hooks?.finish()
        group.cancelAll()
        return ending
      }
      return (await end(ending, reporter, stop.withLock { $0 }, run), run.id)
    }
  }

  private func outcome(_ run: RunState) async -> Ending {
    do {
      return .done(try await run.output())
    } catch let waiting as RunIsWaiting {
      return .waiting(waiting)
    } catch {
      return .failed(error)
    }
  }

  /// Where to look when people are asked; nothing for other events, and if the run is not kept.
  private func inboxHint(_ event: Event, _ run: RunState) -> String {
    guard let place, case .asked(_, let asking) = event.kind else { return "" }
    let text = RequestText(tool: tool, place: place, date: Date())
    // It is named by the record by which it was asked first.
    let first = run.events.log.events.first { event in
      if case .asked(_, let other) = event.kind { other.request == asking.request } else { false }
    }
    return "  look with: \(text.look("\(run.id):\((first ?? event).sequence)"))\n"
  }

  /// What is said of a run that is kept, before anything is said of its steps.
  private func opening(_ run: RunState) -> String {
    guard let place else { return "" }
    let id = Printable.line(run.id)
    return run.past > 1
      ? "run \(id) goes on after record \(run.past)\n"
      : "run \(id) is kept in \(Printable.quoted(place.path))\n"
  }

  private func end(
    _ ending: Ending, _ reporter: ProgressReporter, _ stop: Stop?, _ run: RunState
  ) async -> Ending {
    switch (ending, stop) {
    case (.done, _):
      reporter.end("done in")
      return ending
    case (.waiting, nil):
      reporter.end("waits after")
      return ending
    case (.failed(is RunFailure), _), (_, nil):
      reporter.end("failed after")
      return ending
    case (_, let stop?):
      reporter.end("stopped after")
      if let left = stop.left { return .stopped(stop.code, left: left) }
      return .stopped(stop.code, left: await left(run))
    }
  }

  /// What has not come to its end, by all that has happened so far. From the events themselves,
  /// because the reporter may be behind them.
  private func left(_ run: RunState) async -> [String] {
    let log = run.events.log
    let events = log.events.filter { event in
      if case .gaveUp(_, .stopped) = event.kind { false } else { true }
    }
    var past: KnownPast?
    if let first = events.first { past = await known(before: first, of: run.id) }
    return RunSummary(events: events, after: past, plan: program.plan, elapsed: log.elapsed).left
  }

  /// What is known of what happened before a snapshot, which stands for events that are forgotten.
  private func known(before event: Event, of run: String) async -> KnownPast? {
    guard case .snapshot = event.kind, let place else { return nil }
    return try? await place.store.history(of: run).known(upTo: event.sequence, in: program.plan)
  }

  private func watchSignals(
    _ run: RunState, _ runtime: Runtime, _ reporter: ProgressReporter, _ stop: Lock<Stop?>
  ) async {
    await withDiscardingTaskGroup { group in
      for await signal in console.signals() {
        let code: ExitCode
        switch signal {
        case .resize:
          reporter.resize()
          continue
        case .interrupt: code = place == nil ? .interrupted : .resumable
        case .terminate: code = place == nil ? .terminated : .resumable
        case .hangUp: code = place == nil ? .hungUp : .resumable
        }
        let isFirst = stop.withLock { $0 == nil }
        guard isFirst else {
          reporter.restore()
          console.report(resumeHint(run.id))
          console.leave(code)
          return
        }
        // What is kept can be gone on with; all else is cancelled, and lost anyhow.
        reporter.stop(after: signal, grace: place == nil ? nil : grace)
        let left = place == nil ? await left(run) : nil
        stop.withLock { $0 = Stop(code: code, left: left) }
        group.addTask { await runtime.stop(grace: grace) }
        // Hooks have that time as well, unless the run is over before.
        group.addTask {
          if (try? await Task.sleep(for: grace)) != nil { await hooks?.giveUp() }
        }
      }
    }
  }
}
