import TroupePlan

/// Reading a run's journal beside the process that runs it.
extension RunFolder {
  /// The records of the newest part of the journal, as far as they are whole.
  ///
  /// If it begins with a snapshot, the records come first that the snapshot keeps, with gaps in
  /// their numbers, then the snapshot, which has the number of the last record for which it stands.
  package func records() async throws -> [JournalRecord] {
    try await reading { names in
      try await records(of: names.compactMap(Self.segmentNumber).max() ?? 1)
    }
  }

  /// The records up to one, as they were when it was the last.
  ///
  /// - Throws: `RecordsAreGone` if the journal has been compacted since, and nothing is kept from
  ///   which it could be told how things were; `StoreError` if there is no such record yet.
  package func records(upTo sequence: Int) async throws -> [JournalRecord] {
    try await reading { names in try await part(reaching: sequence, names).records }
      .filter { $0.sequence <= sequence }
  }

  /// All that is known of all records that are kept, in order.
  func allRecords() async throws -> [JournalRecord] {
    try await reading { names in
      var all: [Int: JournalRecord] = [:]
      for number in names.compactMap(Self.segmentNumber) {
        for record in try await records(of: number) where record.type != Event.Kind.snapshot.name {
          all[record.sequence] = record
        }
      }
      return all.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// The records of the part of the journal from which it can be told how the run was at one of
  /// them, which are durable when this returns, and the number of that part.
  func durableRecords(
    reaching sequence: Int
  ) async throws -> (segment: Int, records: [JournalRecord]) {
    try await reading { names in
      let part = try await part(reaching: sequence, names)
      // What can be read is durable only once it has been synced, by whomever; the process that
      // writes it need not know.
      let file = try await files.openForAppending(segment(part.segment))
      defer { file.close() }
      let result = await withCheckedContinuation { continuation in
        file.commit({ [] }, then: { continuation.resume(returning: $0) })
      }
      try result.get()
      return part
    }
  }

  /// Whether a part of the journal is still there, and with it all later ones.
  func isThere(segment: Int) async throws -> Bool {
    try await reading { names in names.compactMap(Self.segmentNumber).contains(segment) }
  }

  /// The part of the journal from which it can be told how the run was at a record.
  private func part(
    reaching sequence: Int, _ names: [String]
  ) async throws -> (segment: Int, records: [JournalRecord]) {
    var earliest = 1
    for number in names.compactMap(Self.segmentNumber).sorted(by: >) {
      let all = try await records(of: number)
      let snapshot = all.last { $0.type == Event.Kind.snapshot.name }
      earliest = snapshot?.sequence ?? 1
      guard sequence >= earliest else { continue }
      guard sequence <= all.last?.sequence ?? 0 else {
        throw StoreError(
          "'\(path)' has no record \(sequence): the last one is \(all.last?.sequence ?? 0)")
      }
      return (number, all)
    }
    throw RecordsAreGone(path: path, wanted: sequence, earliest: earliest)
  }

  /// The verdicts that stood in rounds and elements whose records are gone.
  package func audit() async throws -> [JournalRecord] {
    try await reading { names in
      guard names.contains("audit.jsonl") else { return [] }
      let all = try await records(of: names.compactMap(Self.segmentNumber).max() ?? 1)
      let length = Self.parts(of: all).0?.audit ?? 0
      let bytes = try await files.read(auditPath, limit: .max).prefix(length)
      return try bytes.split(separator: UInt8(ascii: "\n")).enumerated().compactMap { index, line in
        let record = try JSONValue(parsing: line)
        do {
          try RecordNumbers.check(record)
        } catch {
          throw StoreError("\(auditPath):\(index + 1): \(error)")
        }
        return JournalRecord(record)
      }
    }
  }

  /// Puts the records in front of a snapshot which it keeps.
  func expanded(_ records: [JournalRecord]) async throws -> [JournalRecord] {
    guard let first = records.first, first.type == Event.Kind.snapshot.name,
      let payload = Payload("\(Snapshot.member)", of: first.members),
      case .object(var members) = first.members
    else { return records }
    if case .file(let name) = payload {
      let text = try await payloadText(name)
      do {
        members["\(Snapshot.member)"] = try await files.compute {
          let state = try JSONValue(parsing: text)
          try RecordNumbers.check(state)
          return state
        }
      } catch let problem as JournalProblem {
        throw StoreError("'\(path)/payloads/\(name)' is damaged: \(problem)")
      }
    }
    let snapshot = JournalRecord(
      sequence: first.sequence, at: first.at, members: .object(members))
    let kept = Snapshot(json: members["\(Snapshot.member)"] ?? [:]).records
    return kept + [snapshot] + records.dropFirst()
  }

  /// The records of one part of the journal, as far as they are whole.
  func records(of segment: Int) async throws -> [JournalRecord] {
    let path = self.segment(segment)
    let bytes = try await files.read(path, limit: .max)
    do {
      return try await expanded(JournalReader.readBesideWriter(bytes))
    } catch let damage as JournalDamage {
      throw StoreError(damage.description(in: path))
    }
  }

  /// More often than a journal is compacted while a reader on a busy machine looks at it once.
  private static let maximumTries = 100

  /// Reads something, and does so again if the journal was compacted meanwhile.
  private func reading<Found>(_ read: ([String]) async throws -> Found) async throws -> Found {
    var tries = 0
    while true {
      do {
        return try await read(files.names(in: path))
      } catch let error as SystemError {
        tries += 1
        guard error.isMissing, tries < Self.maximumTries else {
          throw StoreError(doing: "read the journal", at: path, error)
        }
      }
    }
  }
}
