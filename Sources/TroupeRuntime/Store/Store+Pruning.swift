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
  /// Commands of a removed run that have outlived the process which started them are ended.
  ///
  /// - Parameters:
  ///   - date: The instant.
  ///   - unended: Whether runs are removed as well that have not come to their ends, and could go
  ///     on; those that were stopped because they only wait are left alone all the same.
  /// - Returns: The identities of the runs that were removed, sorted.
  /// - Throws: `StoreError` if a run cannot be removed, or a command of it cannot be ended.
  public func prune(olderThan date: Date, includingUnended unended: Bool = false) async throws
    -> [String]
  {
    try await checkPlace()
    await removePruned()
    var pruned: [String] = []
    for id in try await ids() where try await prune(id, olderThan: date, unended) {
      pruned.append(id)
    }
    return pruned
  }

  private func prune(_ id: String, olderThan date: Date, _ unended: Bool) async throws -> Bool {
    let folder = folder(of: id)
    // Without the lock, because whoever goes on with a run that stays needs it.
    guard await isOver(folder, olderThan: date, unended) else { return false }
    let lock: any FileLock
    do {
      lock = try await files.lock(folder.lockPath, note: "pruning")
    } catch let error as SystemError where !error.isMissing {
      throw StoreError(doing: "remove a run", at: folder.path, error)
    } catch {
      return false
    }
    defer { lock.release() }
    // Under the lock, because somebody may just have gone on with it.
    guard await isOver(folder, olderThan: date, unended) else { return false }
    do {
      // Without its notes nobody could end what still works for the run.
      _ = try await endGroups(of: folder, id)
      // A store that was copied may be without its empty folders.
      try await makeIfMissing(workshop)
      // A run is there as a whole or not at all, also if this process ends on the way.
      let doomed = "\(workshop)/\(Self.prunedPrefix)\(id).\(Self.nonce())"
      try await files.rename(folder.path, to: doomed)
      try await files.syncFolder(runs)
      // The run is gone. Another process may be removing the rest as well.
      try? await removeAll(doomed)
    } catch let error as SystemError {
      throw StoreError(doing: "remove a run", at: folder.path, error)
    }
    return true
  }

  /// Whether a run can be read and is to be removed.
  private func isOver(_ folder: RunFolder, olderThan date: Date, _ unended: Bool) async -> Bool {
    guard let records = try? await folder.records(),
      let plan = try? await folder.plan(PlanChange.last(in: records)?.number ?? 1),
      let history = try? RunHistory(records, AddressReader(plan), at: folder.path)
    else { return false }
    let isWaiting = history.recall.stop == .waiting
    return history.updated < date
      && (history.recall.outcome != nil || unended && !isWaiting)
  }

  /// What the names of the folders begin with of runs that are being removed: none of those begins
  /// with it in which runs are built.
  private static let prunedPrefix = "pruned~"

  /// Whether this is the name of the folder of a run that is being removed.
  static func isPruned(_ name: String) -> Bool { name.hasPrefix(prunedPrefix) }

  /// Removes what is there of runs that are gone, because a process ended while it removed them or
  /// has not come to its end with it. Nobody needs it, so it takes no lock.
  func removePruned() async {
    for name in (try? await files.names(in: workshop)) ?? [] where Self.isPruned(name) {
      try? await removeAll("\(workshop)/\(name)")
    }
  }
}
