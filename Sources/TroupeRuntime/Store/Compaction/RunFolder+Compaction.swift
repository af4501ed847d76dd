import TroupePlan

/// What is done in a run's folder to compact its journal.
extension RunFolder {
  /// Where verdicts are that stood in rounds and elements whose records are gone.
  var auditPath: String { path + "/audit.jsonl" }

  /// The new part of the journal, before it has its name.
  var nextSegmentPath: String { path + "/journal-next.jsonl" }

  /// Makes a snapshot of the journal up to a record that is durable.
  ///
  /// - Throws: `CancellationError` soon after `isOver` says that the snapshot is not needed any
  ///   more.
  func condensed(
    _ segment: Compaction.Segment, upTo cut: Int, now: Snapshot, _ addresses: AddressReader,
    unless isOver: @escaping @Sendable () -> Bool
  ) async throws -> Condenser {
    let path = self.segment(segment.number)
    let bytes = try await files.read(path, limit: .max)
    let lines = try await files.compute {
      try JournalReader.readBesideWriter(bytes, upTo: cut, unless: isOver)
    }
    let all = try await expanded(lines)
    return try await files.compute {
      let (before, records) = Self.parts(of: all)
      return try Condenser(before, records, now: now, addresses, unless: isOver)
    }
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
  ///
  /// - Parameter records: Those of the newest part of the journal, behind those that its snapshot
  ///   keeps.
  func removeLeftovers(newest: Int, _ records: [JournalRecord], _ retention: Retention) async {
    guard let names = try? await files.names(in: path) else { return }
    if names.contains("journal-next.jsonl") { try? await files.remove(nextSegmentPath) }
    let segments = names.compactMap(Self.segmentNumber)
    if (segments.min() ?? newest) <= newest - retention.segments {
      await removeSegments(before: newest, keeping: retention.segments)
    }
    guard newest > 1 else { return }
    // Values of which no record tells are left by processes that ended while they removed them.
    let known = Self.payloads(in: records)
    await removePayloads(besidesThoseIn: segments.filter { $0 != newest }) { !known.contains($0) }
  }

  /// Removes values of which the journal does not tell any more, as far as that can be done.
  ///
  /// - Parameters:
  ///   - segments: Parts of the journal that may tell of values.
  ///   - isUnknown: Whether nothing else tells of a value, asked right before it is removed.
  ///   - then: Called when it has been.
  func removePayloads(
    besidesThoseIn segments: [Int], where isUnknown: (String) -> Bool,
    then: (String) -> Void = { _ in }
  ) async {
    guard let names = try? await files.names(in: path + "/payloads"),
      names.contains(where: { $0.hasSuffix(".json") })
    else { return }
    var known: Set<String> = []
    for segment in segments {
      do {
        known.formUnion(Self.payloads(in: try await records(of: segment)))
      } catch let error as SystemError where error.isMissing {
        continue
      } catch {
        // Nobody knows of what it tells.
        return
      }
    }
    for name in names where name.hasSuffix(".json") && !known.contains(name) && isUnknown(name) {
      try? await files.remove("\(path)/payloads/\(name)")
      then(name)
    }
  }

  /// The names of the files with large values of which records tell.
  static func payloads(in records: [JournalRecord]) -> Set<String> {
    var names: Set<String> = []
    for record in records {
      guard case .object(let members) = record.members else { continue }
      for (key, value) in members where key.hasSuffix("File") {
        if case .string(let name) = value { names.insert(name) }
      }
      guard record.type == Event.Kind.snapshot.name else { continue }
      names.formUnion(Snapshot(json: members["\(Snapshot.member)"] ?? [:]).files)
    }
    return names
  }

  /// Removes parts of the journal that newer ones stand for, as far as that can be done: what is
  /// left over does no harm, and is removed the next time.
  ///
  /// - Returns: The parts before the newest one that are still there.
  @discardableResult
  func removeSegments(before newest: Int, keeping count: Int) async -> [Int] {
    guard let names = try? await files.names(in: path) else { return [] }
    var left: [Int] = []
    for name in names {
      guard let number = Self.segmentNumber(of: name), number < newest else { continue }
      if number > newest - count {
        left.append(number)
      } else {
        try? await files.remove("\(path)/\(name)")
      }
    }
    try? await files.syncFolder(path)
    return left
  }
}
