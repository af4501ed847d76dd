import TroupePlan

/// Opening runs with something else than they were started with.
extension Store {
  /// The change of the plan with which a run is opened; `nil` if it has the same plan as before.
  ///
  /// - Parameters:
  ///   - last: The last change of the plan before.
  ///   - past: What has happened, read with the plan that the run has had so far.
  /// - Throws: `RunMismatch` if the run cannot go on in this way, or if nobody has accepted it.
  func change(
    _ last: PlanChange?, _ input: JSONValue, _ request: Request, _ folder: RunFolder,
    _ accepted: RunHistory.Accepted, _ past: (Plan) throws -> Recall
  ) async throws -> PlanChange? {
    var differences: [RunMismatch.Difference] = []
    if input != request.input {
      differences.append(
        RunMismatch.Difference("~ the input", obstacle: "a run has the input it was started with"))
    }
    let (current, number) = (last?.to ?? accepted.fingerprint, last?.number ?? 1)
    guard current != request.fingerprint else {
      if differences.isEmpty { return nil }
      throw RunMismatch(id: request.id, differences: differences)
    }
    let plan = try await folder.plan(number)
    var recall = try past(plan)
    if recall.outcome != nil {
      differences += plan.diff(request.plan).changes.map {
        RunMismatch.Difference($0.description, obstacle: "the run has ended")
      }
    } else {
      recall.reopen()
      differences += PlanFit(plan, request.plan, after: recall).differences
    }
    let mismatch = RunMismatch(id: request.id, differences: differences)
    guard request.resumption.acceptsChanges, mismatch.isAcceptable else { throw mismatch }
    return PlanChange(
      from: current, to: request.fingerprint,
      by: request.resumption.by ?? "process \(request.process)", number: number + 1)
  }

  /// Puts the plan beside the journal that a run is changed to, durably.
  func keep(
    _ plan: Plan, _ change: PlanChange, in folder: RunFolder
  ) async throws(SystemError) {
    let path = folder.planPath(change.number)
    let text = Array((plan.json.canonicalText + "\n").utf8)
    do throws(SystemError) {
      try await files.create(path, text)
    } catch {
      // Left by a process that ended before the change was recorded.
      guard error.isExisting else { throw error }
      try await files.remove(path)
      try await files.create(path, text)
    }
    try await files.syncFolder(folder.path)
  }
}
