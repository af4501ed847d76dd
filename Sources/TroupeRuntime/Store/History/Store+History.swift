package import TroupePlan

/// Reading what a store holds, beside whoever runs it.
extension Store {
  /// The runs in the store, the latest first; damaged ones are among them, at the end.
  ///
  /// - Throws: `StoreError` if the store cannot be read.
  public func runs() async throws(StoreError) -> [StoredRun] {
    var runs: [StoredRun] = []
    for id in try await ids() where !id.hasPrefix(".") { runs.append(await stored(id)) }
    return runs.sorted { left, right in
      guard let began = left.journal?.began, let other = right.journal?.began else {
        return (left.journal == nil ? 1 : 0, left.id) < (right.journal == nil ? 1 : 0, right.id)
      }
      return began == other ? left.id < right.id : began > other
    }
  }

  /// What has happened in a run, whether a process is running it or not.
  ///
  /// - Parameter id: The run's identity.
  /// - Throws: `StoreError` if there is no such run, or if its journal is damaged.
  public func history(of id: String) async throws -> RunHistory {
    try await checkThere(id)
    let folder = folder(of: id)
    let holder = await holder(of: id)
    let (path, records) = try await reading(folder) { bytes in
      try await folder.expanded(try JournalReader.readBesideWriter(bytes))
    }
    // The newest plan has a place for all that has happened.
    let plan = try await folder.plan(PlanChange.last(in: records)?.number ?? 1)
    var history = try RunHistory(records, AddressReader(plan), at: path)
    history.folder = folder
    history.status = await status(history.status, of: id, holder: holder)
    if case .running(let holder) = history.status, history.onlyWaits {
      history.status = .waiting(by: holder)
    }
    return history
  }

  /// Checks that there is a run.
  package func checkThere(_ id: String) async throws(StoreError) {
    guard Self.isUsable(id), try await isThere(id) else {
      throw StoreError("there is no run '\(id)' in '\(root)'")
    }
  }

  /// Whether there is a folder of a run, without a look at all the others.
  func isThere(_ id: String) async throws(StoreError) -> Bool {
    let path = folder(of: id).path
    do {
      // Whose it is does not matter here, but that is only said of what is there.
      _ = try await files.isOwn(path)
      return true
    } catch {
      guard error.isMissing else { throw StoreError(doing: "look for a run", at: path, error) }
      return false
    }
  }

  /// Who runs a run, as far as is known; `nil` if nobody does.
  package func holder(of id: String) async -> String? {
    let path = folder(of: id).lockPath
    // What cannot be read cannot be held by whom it belongs to; the journal says why it cannot.
    return try? await files.holder(of: path)
  }

  /// What a run was accepted with, and its input, without the rest of its journal.
  package func accepted(
    _ id: String
  ) async throws -> (accepted: RunHistory.Accepted, input: JSONValue) {
    try await checkThere(id)
    let (path, outline) = try await outline(of: id)
    guard let accepted = outline.flatMap({ RunHistory.Accepted($0.first) }) else {
      throw StoreError("'\(path)' does not begin with a record that a run was accepted")
    }
    return (accepted, try await value(accepted.input, in: folder(of: id)))
  }

  /// A run, as the list of all shows it.
  package func stored(_ id: String) async -> StoredRun {
    do {
      let holder = await holder(of: id)
      let (path, outline) = try await outline(of: id)
      guard let outline, let accepted = RunHistory.Accepted(outline.first) else {
        throw StoreError("'\(path)' does not begin with a record that a run was accepted")
      }
      let journal = StoredRun.Journal(
        workflow: accepted.workflow, version: accepted.version, began: accepted.at,
        updated: outline.last.at, records: outline.last.sequence)
      var status = await status(RunStatus(after: outline.last), of: id, holder: holder)
      var doubts = RecordReader(outline.last.members).texts("doubts")
      var left = [Uncompensated](outline.last)
      // What has just been started does not wait; else the whole journal has to say.
      if case .running = status, outline.last.type != "started" {
        let history = try await history(of: id)
        (status, doubts, left) = (history.status, history.doubts, history.uncompensated)
      }
      return StoredRun(
        id: id, status: status, doubts: doubts, uncompensated: left, journal: journal)
    } catch {
      return StoredRun(
        id: id, status: .damaged("\(error)"), doubts: [], uncompensated: [], journal: nil)
    }
  }

  /// How a run stands, by its journal and by who held its lock before the journal was read.
  ///
  /// The order matters: a run that was held before and has no end in its journal is running. One
  /// that was not may have been taken up since, so that it is asked once more. Either way the
  /// answer is that of an instant.
  private func status(
    _ status: RunStatus, of id: String, holder: String?
  ) async -> RunStatus {
    guard case .interrupted = status else { return status }
    if let holder { return .running(by: holder) }
    return await self.holder(of: id).map { .running(by: $0) } ?? status
  }

  private func outline(
    of id: String
  ) async throws -> (path: String, outline: (first: JournalRecord, last: JournalRecord)?) {
    let folder = folder(of: id)
    return try await reading(folder) { bytes in
      guard let (first, last) = try JournalReader.outline(bytes) else { return nil }
      return (try await folder.expanded([first]).first ?? first, last)
    }
  }

  /// Reads a journal to which another process may be adding.
  private func reading<Output>(
    _ folder: RunFolder, _ read: ([UInt8]) async throws -> Output
  ) async throws -> (path: String, Output) {
    var tries = 0
    while true {
      do {
        let path = folder.segment(try await folder.newestSegment())
        let bytes = try await files.read(path, limit: .max)
        do {
          return (path, try await read(bytes))
        } catch let damage as JournalDamage {
          // The file may have been cut off or replaced in the middle of the reading.
          tries += 1
          guard tries < 3 else { throw StoreError(damage.description(in: path)) }
        }
      } catch let error as SystemError {
        // The journal may have been compacted in the middle of the reading.
        tries += 1
        guard error.isMissing, tries < 3 else {
          throw StoreError(doing: "read a journal", at: folder.path, error)
        }
      }
    }
  }
}

extension RunStatus {
  /// How a run stands by the last record of its journal alone.
  fileprivate init(after record: JournalRecord) {
    let reader = RecordReader(record.members)
    switch Event.Kind(reader) {
    case .ended(let outcome): self = .ended(outcome)
    case .stopped(let reason):
      self.init(outcome: nil, stop: reason, !reader.texts("doubts").isEmpty)
    default: self = .interrupted
    }
  }
}
