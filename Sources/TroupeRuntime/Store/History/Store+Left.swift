import TroupePlan

/// What the runs of a store leave to people.
extension Store {
  /// The history of a run of which only that tells what it leaves to people; `nil` if what is known
  /// of the run tells it as well, or if it can leave nothing.
  ///
  /// - Parameter run: The run, as the list of all shows it.
  /// - Throws: As `history(of:)`.
  package func historyOfWhatIsLeft(by run: StoredRun) async throws -> RunHistory? {
    switch run.status {
    // No record that the process wrote at its end says it.
    case .interrupted, .stopped(.idle):
      await mayLeaveSomething(run.id) ? try await history(of: run.id) : nil
    case .running, .waiting, .stopped, .ended, .damaged: nil
    }
  }

  /// Whether anything in a run may be in doubt or be undone, as its plans tell: they are small, and
  /// its journal need not be.
  private func mayLeaveSomething(_ id: String) async -> Bool {
    let folder = folder(of: id)
    let names = (try? await files.names(in: folder.path)) ?? []
    // One of them holds, and which the journal says.
    let plans = names.count { $0.hasPrefix("plan") && $0.hasSuffix(".json") }
    for number in 1...max(plans, 1) {
      // What cannot be read is the history's to say.
      guard let plan = try? await folder.plan(number), plan.nodesToSettle.isEmpty,
        plan.nodes.allSatisfy({ $0.compensation == nil })
      else { return true }
    }
    return false
  }
}
