import TroupePlan

/// A run from its beginning to its end.
extension Execution {
  /// Runs the program to its end and waits for everything that was started.
  func run(input: any Sendable) async -> Result<any Sendable, any Error> {
    await withTaskExecutorPreference(settings.executor) { await runHere(input: input) }
  }

  private func runHere(input: any Sendable) async -> Result<any Sendable, any Error> {
    let result = Lock<Result<any Sendable, any Error>>(.failure(CancellationError()))
    let watch = mailbox?.watch()
    defer { watch?.cancel() }
    await withDiscardingTaskGroup { group in
      // Inside of the group, because a task tells its innermost first that it is cancelled: what is
      // given up because of that must know already that the run only stops.
      await withTaskCancellationHandler {
        if mailbox != nil { group.addTask { [self] in await serveMailbox() } }
        group.addTask { [self] in
          let end = await undoRun(attemptRun(input: input))
          result.withLock { $0 = end }
          compaction?.close()
          nursery.close()
          mailbox?.bell.close()
        }
        if compaction != nil { group.addTask { [self] in await compactWhenDue() } }
        var patience: Task<Void, any Error>?
        while let order = await nursery.next() {
          switch order {
          case .start(let job): group.addTask { await job() }
          case .cancelAll:
            group.cancelAll()
            patience = patience ?? nameLingering()
          }
        }
        if !nursery.isIdle { patience = patience ?? nameLingering() }
        await nursery.untilIdle()
        patience?.cancel()
        _ = await patience?.result
      } onCancel: {
        control.stop()
        // What is cancelled is undone to its end, and so is what is not kept.
        if journal != nil, !control.isCancelled { compensations?.interrupt() }
        nursery.cancelAll()
      }
    }
    let walked = result.withLock { $0 }
    await undoLate()
    let end = await conclude(walked)
    log.close()
    return end
  }

  /// Says after a while which attempts ignore that they were given up or cancelled.
  ///
  /// In a task of its own, because this one may be cancelled and must wait all the same; it has
  /// ended before the run has.
  private func nameLingering() -> Task<Void, any Error> {
    Task(executorPreference: settings.executor) { [settings, log, traits] in
      try await settings.clock.sleep(until: settings.clock.now + settings.grace)
      for (address, attempt) in log.unended(traits) {
        log.append(.lingering(attempt, since: settings.grace), at: address)
      }
    }
  }

  private func attemptRun(input: any Sendable) async -> Result<any Sendable, any Error> {
    do {
      try await resume()
    } catch {
      return .failure(error)
    }
    if let ending = pastEnding { return ending }
    if let abortion = mailbox?.abortion { return .failure(RunAborted(id: id, abortion)) }
    if control.isCancelled { return .failure(CancellationError()) }
    return await walkRoot(input: input)
  }

  private func walkRoot(input: any Sendable) async -> Result<any Sendable, any Error> {
    let frame = Frame(above: nil, slots: layout.input..<layout.input + 1)
    // The first record of a journal is that the run was accepted with its input.
    frame.publish(Version(value: input, record: journal == nil ? 0 : 1), to: layout.input)
    do {
      let done = try await walk(0, in: nil, frame)
      if revisions != nil { frame.publish(done.writes) }
      guard
        let output = revisions == nil
          ? done.writes.version(of: layout.output) ?? frame[layout.output]
          : given(frame, begun: nil)[layout.output]
      else {
        return .failure(MissingArtifact(name: plan.output.name, reader: plan.workflow))
      }
      return .success(output.value)
    } catch {
      return .failure(error)
    }
  }
}
