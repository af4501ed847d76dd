import TroupePlan

/// What is done in a run's folder to compact its journal.
extension RunFolder {
  /// Where verdicts are that stood in rounds and elements whose records are gone.
  var auditPath: String { path + "/audit.jsonl" }

  /// The new part of the journal, before it has its name.
  var nextSegmentPath: String { path + "/journal-next.jsonl" }

  /// Makes a snapshot of the journal up to a record that is durable.
  func condensed(
    _ segment: Compaction.Segment, upTo cut: Int, now: Snapshot, _ addresses: AddressReader
  ) async throws -> Condenser {
    let path = self.segment(segment.number)
    let bytes = try await files.read(path, limit: .max)
    let lines = try JournalReader.readBesideWriter(bytes).filter { $0.sequence <= cut }
    let all = try await expanded(lines)
    let (before, records) = Self.parts(of: all)
    return Condenser(before, records, now: now, addresses)
  }

  /// A snapshot with its records, and the records behind it.
  static func parts(of all: [JournalRecord]) -> (Snapshot?, [JournalRecord]) {
    guard let index = all.lastIndex(where: { $0.type == Event.Kind.snapshot.name }) else {
      return (nil, all)
    }
    var snapshot = Snapshot(json: all[index].members["\(Snapshot.member)"] ?? [:])
    snapshot.records = Array(all[..<index])
    return (snapshot, Array(all[(index + 1)...]))
  }

  /// Adds to the verdicts that are kept for ever.
  ///
  /// What an attempt to compact the journal left that did not come to its end is cut off first, so
  /// that nothing stands there twice.
  func keepAudit(_ lines: [UInt8], of snapshot: Snapshot) async throws {
    let before = snapshot.audit - lines.count
    let isThere = try await files.names(in: path).contains("audit.jsonl")
    if lines.isEmpty, !isThere { return }
    if isThere {
      try await files.truncate(auditPath, to: before)
    } else {
      try await files.create(auditPath, [])
    }
    guard !lines.isEmpty else { return }
    let file = try await files.openForAppending(auditPath)
    defer { file.close() }
    let result = await withCheckedContinuation { continuation in
      file.commit({ lines }, then: { continuation.resume(returning: $0) })
    }
    try result.get()
    try await files.syncFolder(path)
  }

  /// Removes what earlier processes have left over that ended while they compacted the journal.
  func removeLeftovers(newest: Int, _ retention: Retention) async {
    guard let names = try? await files.names(in: path) else { return }
    if names.contains("journal-next.jsonl") { try? await files.remove(nextSegmentPath) }
    let oldest = names.compactMap(Self.segmentNumber).min() ?? newest
    guard retention.segments < newest, oldest <= newest - retention.segments else { return }
    await removeSegments(before: newest, keeping: retention.segments)
  }

  /// Removes parts of the journal that newer ones stand for, as far as that can be done: what is
  /// left over does no harm, and is removed the next time.
  func removeSegments(before newest: Int, keeping count: Int) async {
    guard let names = try? await files.names(in: path) else { return }
    for name in names {
      guard let number = Self.segmentNumber(of: name), number <= newest - count else { continue }
      try? await files.remove("\(path)/\(name)")
    }
    try? await files.syncFolder(path)
  }
}
