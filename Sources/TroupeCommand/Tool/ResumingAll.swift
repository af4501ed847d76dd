import Troupe
import TroupeRuntime

/// All runs of a store that can go on, with a line for each when it is known what became of it.
struct ResumingAll: Sendable {
  let workflows: [any Workflow]
  let team: Team
  let console: Console
  let place: StorePlace
  /// Whether those go on, too, in which a step failed.
  let includesFailed: Bool
  /// How long what is at work may take to come to its end when the runs are to stop.
  let grace: Duration
  /// The executable's name, to say how to go on.
  let tool: String

  func perform() async throws -> ExitCode {
    let runtime = Runtime(team: team, store: place.store)
    let work = Task {
      try await runtime.resumeAll(workflows, includesFailed: includesFailed) { run in
        // Whoever reads this may have gone; the runs go on all the same.
        try? console.output.write(Self.line(run) + "\n")
      }
    }
    let watch = Task { await watchSignals(runtime) }
    let result = await work.result
    watch.cancel()
    await watch.value
    let runs: [ResumedRun]
    do {
      runs = try result.get()
    } catch {
      throw RunSession.refusal(error)
    }
    if runs.isEmpty { console.report("there are no runs in \(Printable.quoted(place.path))\n") }
    if runs.contains(where: { if case .stopped = $0.end { true } else { false } }) {
      console.report(
        "resume with: \(tool) resume --all --store \(ShellWord.of(place.path))\n")
      return .resumable
    }
    return runs.contains { if case .failed = $0.end { true } else { false } } ? .failed : .done
  }

  private func watchSignals(_ runtime: Runtime) async {
    await withDiscardingTaskGroup { group in
      var isFirst = true
      for await signal in console.signals() where signal != .resize {
        guard isFirst else { return console.leave(.resumable) }
        isFirst = false
        console.report("\(ProgressModel.stopping(grace)); once more leaves at once\n")
        group.addTask { await runtime.stop(grace: grace) }
      }
    }
  }

  /// `4f2a…  launch-post  failed: 'launch-post/draft' failed: no luck`
  private static func line(_ run: ResumedRun) -> String {
    let text =
      switch run.end {
      case .completed: "done"
      case .stopped: "stopped"
      case .unknownWorkflow: "skipped: this executable does not have its workflow"
      case .skipped(.running(let holder)), .skipped(.waiting(let holder)):
        "skipped: it is being run" + (holder.isEmpty ? "" : " by \(holder)")
      case .skipped(.damaged(let problem)): "skipped: \(problem)"
      case .skipped(.stopped(.failure)): "skipped: a step failed; '--failed' goes on with it"
      case .skipped(.stopped(.inDoubt)): "skipped: something in it is in doubt"
      case .skipped(.stopped(.idle)): "skipped: it did not get further; 'resume' it by itself"
      case .skipped(let status): "skipped: it is \(StatusText.short(status))"
      case .failed(let failure as RunFailure):
        "failed: \(failure.failure.description.prefix { $0 != "\n" })"
      case .failed(is CancellationError): "was cancelled, which is for good"
      case .failed(let error as RunAborted): "\(error)"
      case .failed(let error): "failed: \(error)"
      }
    return Printable.line("\(run.id)  \(run.workflow ?? "?")  \(text)")
  }
}
