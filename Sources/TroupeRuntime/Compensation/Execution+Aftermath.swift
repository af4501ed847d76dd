import TroupePlan

/// Undoing a whole run.
extension Execution {
  /// Undoes what the run has done, if it came to its end without its output.
  ///
  /// From the record of that on the run can do nothing else any more.
  func undoRun(_ walked: Result<any Sendable, any Error>) async -> Result<any Sendable, any Error> {
    guard let compensations, control.error == nil, !mayGoOn(walked) else { return walked }
    if !compensations.isEnding {
      // Who cancels it now may do so; later it makes no difference.
      if journal != nil { try? await lookForLetters() }
      if control.error != nil { return walked }
      guard compensations.hasBegun(in: root.description) else { return walked }
      if case .failure(let failure as Failure) = walked, !control.isCancelled {
        guard compensations.hasWork else { return walked }
        guard control.commit() else { return await undoRun(.failure(CancellationError())) }
        let json: JSONValue? = journal == nil ? nil : failure.json
        giveUpRun { if let json { $0.add("failure", json: json) } }
      } else {
        _ = control.commit()
        giveUpRun { _ in }
      }
    }
    let isDone = await finishUndoing(
      compensations.mark(root.description, nil).map { [$0] })
    if !isDone { compensations.leavePending() }
    return walked
  }

  private func giveUpRun(_ more: (inout RecordWriter) -> Void) {
    let record = log.append(
      .compensating(take: nil), at: root, more: journal == nil ? nil : RecordWriter.members(more))
    compensations?.note(
      Compensations.Mark(place: root.description, take: nil, record: record))
    compensations?.beginEnding()
  }

  /// Undoes what came too late, of what was given up before.
  func undoLate() async {
    guard let compensations, control.error == nil, !compensations.isPending,
      journal == nil || !control.isStopping
    else { return }
    if await !finishUndoing(nil) { compensations.leavePending() }
  }

  /// Whether a run that came to this has its output, or can be resumed.
  private func mayGoOn(_ walked: Result<any Sendable, any Error>) -> Bool {
    if compensations?.isEnding == true { return false }
    if control.abortion != nil || control.isCancelled { return false }
    switch walked {
    case .success: return true
    case .failure(is RunAborted): return false
    case .failure(let failure as Failure):
      if plan.nodes[0].policies.onFailure == .stop { return true }
      // What is not kept cannot be resumed.
      return journal != nil && (failure.limit != nil || failure.isInDoubt)
    case .failure: return journal != nil
    }
  }

  /// What a run came to that was being undone when its process ended.
  var pastEnding: Result<any Sendable, any Error>? {
    guard let ending = recall?.ending else { return nil }
    if let failure = ending.failure {
      return .failure(
        addresses.flatMap { Failure(json: failure, reader: $0) }
          ?? self.failure(0, in: nil, take: 1, Failure.Cause(json: failure)))
    }
    if let abortion = recall?.abortion { return .failure(RunAborted(id: id, abortion)) }
    return .failure(CancellationError())
  }
}

extension Compensations {
  /// Whether the run is being undone, so that it can do nothing else any more.
  var isEnding: Bool { state.withLock { $0.isEnding } }

  func beginEnding() { state.withLock { $0.isEnding = true } }

  /// Whether something is left to be undone when the run is resumed.
  var isPending: Bool { state.withLock { $0.isPending } }

  func leavePending() { state.withLock { $0.isPending = true } }
}
