import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// Saving what can be saved of damaged journals.
extension Store {
  /// What is damaged in a run's journal; `nil` if nothing is, or no more than an interrupted write
  /// leaves. A process that runs it is not disturbed.
  package func damage(of id: String) async throws -> RunDamage? {
    try await checkThere(id)
    return try await found(in: folder(of: id))?.damage
  }

  /// Cuts a run's journal off in front of what is damaged, so that the run can go on from there.
  ///
  /// What is cut off stays beside the journal in a file of its own, and a record tells of it. A
  /// process that ends in the middle of this leaves the journal as it was.
  ///
  /// - Returns: What was damaged, and the file with what was cut off; `nil` if nothing was.
  /// - Throws: `RunIsHeld`, or `StoreError` if nothing can be saved.
  package func cut(
    _ id: String, date: Date = Date()
  ) async throws -> (damage: RunDamage, kept: String)? {
    try await checkThere(id)
    let folder = folder(of: id)
    let lock: any FileLock
    do {
      lock = try await files.lock(folder.lockPath, note: "process \(ThisProcess.number)")
    } catch let held as FileIsLocked {
      throw RunIsHeld(id: id, holder: held.note)
    } catch let error as SystemError {
      throw StoreError(doing: "repair a journal", at: folder.path, error)
    }
    defer { lock.release() }
    do {
      guard let (damage, bytes) = try await found(in: folder) else { return nil }
      return (damage, try await cut(damage, bytes, in: folder, at: date))
    } catch let error as SystemError {
      throw StoreError(doing: "repair a journal", at: folder.path, error)
    }
  }

  private func found(
    in folder: RunFolder
  ) async throws -> (damage: RunDamage, bytes: [UInt8])? {
    let path: String
    let bytes: [UInt8]
    do {
      path = folder.segment(try await folder.newestSegment())
      bytes = try await files.read(path, limit: .max)
    } catch {
      throw StoreError(doing: "read a journal", at: folder.path, error)
    }
    do {
      _ = try JournalReader.read(bytes)
      return nil
    } catch {
      let repair = JournalRepair(of: bytes, error)
      return (RunDamage(path: path, damage: error, repair: repair), bytes)
    }
  }

  private func cut(
    _ damage: RunDamage, _ bytes: [UInt8], in folder: RunFolder, at date: Date
  ) async throws -> String {
    let repair = damage.repair
    guard repair.last > 0 else {
      throw StoreError(
        "nothing of '\(damage.path)' can be saved: it is damaged from its first record on")
    }
    let names = try await files.names(in: folder.path)
    let stem = String(damage.path.dropLast(".jsonl".count))
    // A journal may be damaged more than once.
    let kept = (1...).lazy.map { "\(stem).cut-\($0)" }
      .first { path in !names.contains { path.hasSuffix("/\($0)") } }
    guard let kept else { return "" }
    try await files.create(kept, Array(bytes[repair.kept...]))
    var record = RecordWriter(type: "repaired")
    record.add("address", try await folder.plan().workflowPath)
    record.add("lostRecords", repair.lostRecords)
    record.add("lostLines", repair.unreadable)
    record.add("lostBytes", repair.lostBytes)
    record.add("keptIn", String(kept.dropFirst(folder.path.count + 1)))
    let told = JournalWriter.bytes(
      of: [(repair.last + 1, record.bytes)], durable: repair.last, at: date)
    let temporary = "\(stem).new"
    if names.contains(where: { temporary.hasSuffix("/\($0)") }) {
      try await files.remove(temporary)
    }
    try await files.create(temporary, repair.repaired(bytes) + told)
    try await files.syncFolder(folder.path)
    try await files.rename(temporary, to: damage.path)
    try await files.syncFolder(folder.path)
    return kept
  }
}

extension Plan {
  /// The path of the whole workflow.
  fileprivate var workflowPath: String { nodes.first?.path.description ?? workflow }
}
