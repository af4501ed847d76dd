#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

extension Store {
  /// Removes runs of which the last record was written before an instant, with all that belongs to
  /// them.
  ///
  /// A run that is being run, here or elsewhere, is left alone, and so is one that cannot be read.
  ///
  /// - Parameters:
  ///   - date: The instant.
  ///   - unended: Whether runs are removed as well that have not come to their ends, and could go on.
  /// - Returns: The identities of the runs that were removed, sorted.
  /// - Throws: `StoreError` if a run cannot be removed.
  public func prune(olderThan date: Date, includingUnended unended: Bool = false) async throws
    -> [String]
  {
    // What a process left that ended while it removed runs.
    for name in (try? await files.names(in: workshop)) ?? [] where name.hasPrefix("pruned.") {
      try? await removeAll("\(workshop)/\(name)")
    }
    var pruned: [String] = []
    for id in try await ids() where try await prune(id, olderThan: date, unended) {
      pruned.append(id)
    }
    return pruned
  }

  private func prune(_ id: String, olderThan date: Date, _ unended: Bool) async throws -> Bool {
    let folder = folder(of: id)
    guard let lock = try? await files.lock(folder.lockPath, note: "pruning") else { return false }
    defer { lock.release() }
    // Under the lock, because somebody may just have gone on with it.
    guard let records = try? await folder.records(),
      let plan = try? await folder.plan(PlanChange.last(in: records)?.number ?? 1),
      let history = try? RunHistory(records, AddressReader(plan), at: folder.path),
      history.updated < date, unended || history.recall.outcome != nil
    else { return false }
    do throws(SystemError) {
      // A run is there as a whole or not at all, also if this process ends on the way.
      let doomed = "\(workshop)/pruned.\(id).\(ThisProcess.number)"
      try await files.rename(folder.path, to: doomed)
      try await files.syncFolder(runs)
      try await removeAll(doomed)
    } catch {
      throw StoreError(doing: "remove a run", at: folder.path, error)
    }
    return true
  }
}
