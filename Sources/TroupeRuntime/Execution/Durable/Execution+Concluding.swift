import TroupePlan

/// How a durable run begins and ends.
extension Execution {
  /// Records that a process goes on with a run, and takes in what was said to it meanwhile, before
  /// anything else happens.
  func resume() async throws {
    guard let journal else { return }
    if let recall {
      try await readRevisions()
      let members = RecordWriter.members { writer in
        if cut > 0 { writer.add("cut", cut) }
        if !ended.isEmpty { writer.add("ended", json: .array(ended.map { .integer($0) })) }
      }
      let more = members.isEmpty ? nil : members
      let record = log.append(.resumed(process: ThisProcess.number), at: root, more: more)
      try await journal.untilDurable(record)
      if recall.isCancelRequested { control.cancel() }
      // A run that is being undone can do nothing else any more, and ends as it was to.
      if recall.ending != nil { _ = control.commit() }
      mailbox?.abortion = recall.abortion
    }
    try await amend()
    try await lookForLetters(.opening)
    signals.resume()
  }

  /// Records how a durable run ended or why it stopped, and waits until that is durable.
  func conclude(
    _ result: Result<any Sendable, any Error>
  ) async -> Result<any Sendable, any Error> {
    guard let journal else {
      signals.close(isEnd: true)
      requests.close()
      return final(result, isCancelled: await close())
    }
    // What lies in the mailbox came before the end.
    if control.error == nil, !control.isStopping { try? await lookForLetters(.ending) }
    let result = final(result, isCancelled: await close())
    signals.close(isEnd: isEnd(result))
    requests.close()
    do {
      if control.error == nil { try await recordEnd(result, in: journal) }
      try await journal.close()
    } catch {
      control.fail(error)
    }
    return control.error.map { .failure($0) } ?? result
  }

  /// Takes no further wishes; undoes what the run has done if the last one was to end it.
  ///
  /// - Returns: Whether it is to end for good.
  private func close() async -> Bool {
    let isCancelled = control.close()
    if isCancelled { _ = await undoRun(.failure(CancellationError())) }
    return isCancelled
  }

  /// What a run that came to this ends with, when nothing more is wanted of it.
  private func final(
    _ result: Result<any Sendable, any Error>, isCancelled: Bool
  ) -> Result<any Sendable, any Error> {
    if compensations?.isPending == true { return .failure(CancellationError()) }
    let left = compensations?.uncompensated ?? []
    if let abortion = control.abortion { return .failure(RunAborted(id: id, abortion, left)) }
    return switch result {
    case .failure(let aborted as RunAborted): .failure(aborted.leaving(left))
    case _ where isCancelled: .failure(CancellationError())
    case .failure(is Failure), .success: result
    case .failure(let error):
      .failure(control.awaited.map { RunIsWaiting(id: id, awaited: $0) } ?? error)
    }
  }

  /// Whether a run that came to this has ended, and does not only stop.
  private func isEnd(_ result: Result<any Sendable, any Error>) -> Bool {
    if control.error != nil || compensations?.isPending == true { return false }
    switch result {
    case .success: return true
    case .failure(is Failure): return compensations?.isEnding == true
    case .failure(is RunAborted): return true
    case .failure: return !control.isStopping
    }
  }

  private func recordEnd(
    _ result: Result<any Sendable, any Error>, in journal: RunJournal
  ) async throws {
    let left = leftForPeople
    switch result {
    case .success(let output):
      let json = try program.output.encode(output)
      let output = try await journal.members("output", for: json)
      log.append(
        .ended(.completed), at: root,
        more: RecordWriter.members { writer in
          writer.add(members: output)
          writer.add(members: leftForGood)
        })
    case _ where compensations?.isPending == true:
      log.append(.stopped(.asked), at: root, more: left)
    case .failure(is Failure) where compensations?.isEnding == true:
      log.append(.ended(.aborted), at: root, more: leftForGood)
    case .failure(let failure as Failure):
      let json = failure.json
      log.append(
        .stopped(failure.isInDoubt ? .inDoubt : .failure), at: root,
        more: RecordWriter.members { writer in
          writer.add("failure", json: json)
          writer.add(members: left)
        })
    case .failure(is RunAborted): log.append(.ended(.aborted), at: root, more: leftForGood)
    case .failure(is RunIsWaiting): log.append(.stopped(.waiting), at: root, more: left)
    case .failure:
      if control.isStopping {
        log.append(.stopped(.asked), at: root, more: left)
      } else {
        log.append(.ended(.cancelled), at: root, more: leftForGood)
      }
    }
  }

  /// What the run came to before this process opened it, if it has ended for good.
  func pastOutcome(_ opening: RunOpening) async throws -> Result<any Sendable, any Error>? {
    guard let outcome = recall?.outcome, let journal else { return nil }
    try await journal.close()
    await mailbox?.rejectAll(because: "the run has ended")
    log.close()
    switch outcome {
    case .cancelled: return .failure(CancellationError())
    case .aborted:
      if recall?.abortion == nil, let ending = pastEnding { return ending }
      return .failure(RunAborted(id: id, recall?.abortion, compensations?.uncompensated ?? []))
    case .completed:
      guard let output = recall?.output else {
        throw StoreError("'\(opening.folder.path)' holds no output although the run has ended")
      }
      return .success(try program.output.decode(try await journal.value(of: output)))
    }
  }

  /// The address of the whole run.
  var root: Address { address(0, in: nil) }
}
