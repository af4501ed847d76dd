public import TroupeLanguage
public import TroupeRuntime

extension Runtime {
  /// Goes on with a run, with the parameters and the input with which it was accepted.
  ///
  /// A run that failed does the failed step again; of one that has ended, the recorded output is
  /// returned.
  ///
  /// - Parameters:
  ///   - workflow: The workflow; its parameters are replaced by those of the run.
  ///   - id: The run's identity.
  ///   - acceptingChanges: Whether it goes on although the workflow has changed since, if the change
  ///     fits what has happened: it is recorded, and holds from then on.
  ///   - raised: Larger limits with which it goes on if a limit had ended it.
  /// - Returns: What it ends with.
  /// - Throws: As `run(_:input:id:)`, and `StoreError` if there is no such run, `RunMismatch` if it
  ///   is one of another workflow or plan, `RunIsHeld` if another process runs it, or `RunIsStuck`.
  public func resume<Work: Workflow>(
    _ workflow: Work, id: String, acceptingChanges: Bool = false,
    raising raised: [RaisedLimit] = []
  ) async throws -> Work.Output {
    let resumption = Resumption(acceptsChanges: acceptingChanges, raised: raised)
    return try Artifact<Work.Output>.value(await output(of: workflow, id: id, resumption))
  }

  /// Goes on, all at once, with the runs of a store that did not come to their ends: those whose
  /// process ended, that wait for people, signals and time, or that were asked to stop, as when a
  /// service is restarted.
  ///
  /// ```swift
  /// let runs = try await Runtime(team: team, store: store).resumeAll([LaunchPost(), Digest()])
  /// ```
  ///
  /// Those that another process runs, that have ended or are damaged are left as they are, and so
  /// are, by default, those that stopped because a step failed: what makes it fail may have to be
  /// mended first, and what is in doubt must be settled. One of which somebody has said since how it is to
  /// go on, with `settle`, `override` or `cancel`, does. A run that stopped because it did not get
  /// further goes on only by `resume(_:id:)`. Each run has two files open while it is under way or waits, its journal and its
  /// lock; what the system does not let the process open fails and can go on later. Cancelling the
  /// task that waits for this stops them all, `stop(grace:)` does when what is at work has come to
  /// its end; they can go on later.
  ///
  /// - Parameters:
  ///   - workflows: The workflows, which are found by their names.
  ///   - includesFailed: Whether those go on, too, that stopped because a step failed.
  ///   - onEnd: Called for each run when it is known what became of it.
  /// - Returns: What became of each run of the store, in the order of their identities.
  /// - Throws: `StoreError` if the runtime has no store, or if it cannot be read.
  @discardableResult
  public func resumeAll(
    _ workflows: [any Workflow], includesFailed: Bool = false,
    onEnd: @escaping @Sendable (ResumedRun) -> Void = { _ in }
  ) async throws -> [ResumedRun] {
    let store = try keptRuns
    let runs = try await store.runs().sorted { $0.id < $1.id }
    var ends: [ResumedRun] = []
    var due: [(run: StoredRun, workflow: any Workflow)] = []
    for run in runs {
      let left: ResumedRun.End
      switch run.status {
      case .interrupted, .stopped(.asked), .stopped(.waiting): left = .unknownWorkflow
      case .stopped(.failure) where includesFailed: left = .unknownWorkflow
      case .stopped where await store.isDecided(run.id): left = .unknownWorkflow
      default: left = .skipped(run.status)
      }
      let workflow = workflows.first { $0.name == run.journal?.workflow }
      if case .unknownWorkflow = left, let workflow {
        due.append((run, workflow))
      } else {
        ends.append(ResumedRun(id: run.id, workflow: run.journal?.workflow, end: left))
      }
    }
    for end in ends { onEnd(end) }
    ends += await withTaskGroup(of: ResumedRun.self) { group in
      // All at once, because some may wait for weeks and must not keep the others from going on.
      for (run, workflow) in due { group.addTask { await end(of: run, workflow) } }
      var ends: [ResumedRun] = []
      for await end in group {
        onEnd(end)
        ends.append(end)
      }
      return ends
    }
    return ends.sorted { $0.id < $1.id }
  }

  private func end(of run: StoredRun, _ workflow: any Workflow) async -> ResumedRun {
    let end: ResumedRun.End
    do {
      if wasAskedToStop { throw CancellationError() }
      end = .completed(try await output(of: workflow, id: run.id))
    } catch let held as RunIsHeld {
      end = .skipped(.running(by: held.holder))
    } catch is CancellationError where wasAskedToStop {
      end = .stopped
    } catch is RuntimeIsStopped {
      end = .stopped
    } catch {
      end = .failed(error)
    }
    return ResumedRun(id: run.id, workflow: run.journal?.workflow, end: end)
  }

  private var wasAskedToStop: Bool { Task.isCancelled || isStopped }

  private func output<Work: Workflow>(
    of workflow: Work, id: String, _ resumption: Resumption = Resumption()
  ) async throws -> any Sendable {
    let recorded = try await keptRuns.accepted(id)
    let (program, input) = try workflow.recorded(recorded.accepted, input: recorded.input)
    return try await run(program, input: input, id: id, resumption)
  }

  private var keptRuns: Store {
    get throws(StoreError) {
      guard let store else {
        throw StoreError("this runtime keeps no runs: give it a store, as in Runtime(store: …)")
      }
      return store
    }
  }
}
