import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Starting runs and opening those that there are.
extension Store {
  /// What a run is started with.
  struct Request: Sendable {
    let id: String
    let plan: Plan
    let fingerprint: String
    let input: JSONValue
    /// Tells what is built at the same time apart.
    let nonce: String
    let date: Date
    let process: Int
    var resumption = Resumption()
  }

  /// Starts a run, or opens the one that there is under this identity.
  ///
  /// - Throws: `RunIsHeld`, `RunMismatch`, `JournalDamage`, `StoreError`.
  func begin(_ request: Request) async throws -> RunOpening {
    try Self.check(id: request.id)
    try await checkPlace()
    if let opening = try await open(request, isNew: false) { return opening }
    var isNew = true
    do {
      try await accept(request)
    } catch let error as SystemError {
      // Another process may have been quicker; then the run is there.
      guard error.isExisting else {
        throw StoreError(doing: "start a run", at: folder(of: request.id).path, error)
      }
      isNew = false
    }
    guard let opening = try await open(request, isNew: isNew) else {
      throw StoreError("run '\(request.id)' was removed as soon as it was there")
    }
    return opening
  }

  /// Checks that an identity can be the name of a folder everywhere.
  static func check(id: String) throws(StoreError) {
    guard isUsable(id) else {
      throw StoreError(
        "'\(id)' cannot be the identity of a run: use up to 100 letters, digits, '-', '_' and '.', "
          + "and begin with none but letters, digits and '_'")
    }
  }

  /// Whether an identity can be the name of a file or folder everywhere.
  static func isUsable(_ id: String) -> Bool {
    let isPlain = id.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."):
        true
      default: false
      }
    }
    return isPlain && !id.isEmpty && id.utf8.count <= 100 && !id.hasPrefix(".")
      // A command line would take it for an option.
      && !id.hasPrefix("-")
  }

  /// Begins a new run.
  private func accept(_ request: Request) async throws {
    let plan = Array((request.plan.json.canonicalText + "\n").utf8)
    try await found(request.id, nonce: request.nonce, plan: plan) { folder in
      let text = request.input.canonicalBytes
      var input = RecordWriter.members { $0.add("input", text: text) }
      if text.count > Payload.inlineLimit {
        let name = try await folder.keepPayload(text, number: 0)
        input = RecordWriter.members { $0.add("inputFile", name) }
      }
      return JournalWriter.bytes(of: [(1, record(of: request, input: input))], at: request.date)
    }
  }

  /// Builds the folder of a new run under a temporary name and gives it its own when everything in
  /// it is durable: a run is there as a whole or not at all.
  ///
  /// - Parameters:
  ///   - nonce: Tells what is built at the same time apart.
  ///   - journal: Puts into the folder what belongs to the journal, and gives its first records.
  func found(
    _ id: String, nonce: String, plan: [UInt8],
    journal: (RunFolder) async throws -> [UInt8]
  ) async throws {
    for folder in [root, runs, workshop] { try await makeIfMissing(folder) }
    try await files.syncFolder(root)
    await removeLeftovers()
    let (temporary, lock) = try await beginBuilding("\(id).\(nonce)")
    defer { lock.release() }
    do {
      for name in ["mailbox"] + MailFolder.folders.map({ "mailbox/\($0)" }) {
        try await files.makeFolder("\(temporary.path)/\(name)")
      }
      try await files.create(temporary.planPath(), plan)
      try await files.create(temporary.segment(1), journal(temporary))
      for name in ["payloads", "mailbox", ""] {
        try await files.syncFolder(name.isEmpty ? temporary.path : "\(temporary.path)/\(name)")
      }
      try await files.rename(temporary.path, to: folder(of: id).path)
    } catch {
      try? await removeAll(temporary.path)
      throw error
    }
    try await files.syncFolder(runs)
  }

  /// Creates a folder unless it is there.
  func makeIfMissing(_ folder: String) async throws(SystemError) {
    do {
      try await files.makeFolder(folder)
    } catch {
      guard error.isExisting else { throw error }
    }
  }

  /// The record by which a run is accepted.
  private func record(of request: Request, input: [UInt8]) -> [UInt8] {
    let plan = request.plan
    var writer = RecordWriter(type: Event.Kind.accepted.name)
    writer.add("address", plan.nodes.first?.path.description ?? plan.workflow)
    writer.add("format", RunHistory.Accepted.format)
    writer.add("run", request.id)
    writer.add("workflow", plan.workflow)
    writer.add("version", plan.version)
    writer.add("fingerprint", request.fingerprint)
    if plan.parameters != .object([:]) { writer.add("parameters", json: plan.parameters) }
    writer.add(members: input)
    writer.add("trace", request.nonce)
    return writer.bytes
  }

  /// Opens a run to go on with it; `nil` if there is none.
  ///
  /// - Parameter isNew: Whether this process has just accepted it.
  private func open(_ request: Request, isNew: Bool) async throws -> RunOpening? {
    let folder = folder(of: request.id)
    // The folder first: the lock would be created in it.
    guard try await isThere(request.id) else { return nil }
    let lock: any FileLock
    do {
      lock = try await files.lock(folder.lockPath, note: "process \(request.process)")
    } catch let held as FileIsLocked {
      throw RunIsHeld(id: request.id, holder: held.note)
    } catch let error as SystemError {
      throw StoreError(doing: "open a run", at: folder.path, error)
    }
    do {
      return try await open(folder, request, lock, isNew: isNew)
    } catch {
      lock.release()
      if let error = error as? SystemError {
        throw StoreError(doing: "open a run", at: folder.path, error)
      }
      throw error
    }
  }

  private func open(
    _ folder: RunFolder, _ request: Request, _ lock: any FileLock, isNew: Bool
  ) async throws -> RunOpening {
    let number = try await folder.newestSegment()
    let path = folder.segment(number)
    let reading = try await read(path)
    let addresses = AddressReader(request.plan)
    let records = try await folder.expanded(reading.records)
    var history = try RunHistory(records, addresses, at: path)
    // A copy of a run's folder would do again what the run does, and on some disks letters differ
    // in nothing but their case.
    guard history.accepted.id == request.id else {
      throw StoreError(
        "'\(folder.path)' holds run '\(history.accepted.id)', and is not gone on with as "
          + "'\(request.id)'; give the folder its name back, or begin a run of another identity with "
          + "'fork'")
    }
    let snapshot = records.last { $0.type == Event.Kind.snapshot.name }?.sequence ?? 0
    let input = try await value(history.accepted.input, in: folder)
    let change = try await change(
      PlanChange.last(in: records), input, request, folder, history.accepted
    ) { plan in
      try RunHistory(records, AddressReader(plan), at: path).recall
    }
    if !isNew { try await folder.mailbox.checkLinks() }
    let ended = isNew ? [] : try await endGroups(of: folder, request.id)
    let cut = isNew ? 0 : try await makeDurable(reading, at: path, in: folder)
    if isStuck(history.recall) {
      try await stopIdle(history.recall, path, request)
      throw RunIsStuck(id: request.id, openings: history.recall.idleOpenings)
    }
    if let change { try await keep(request.plan, change, in: folder) }
    if !isNew { try await folder.mailbox.restore(in: folder.path) }
    await folder.removeLeftovers(newest: number, records, retention)
    var recall = history.giveAwayRecall()
    recall.reopen()
    let opening = RunOpening(
      id: request.id, folder: folder, path: path,
      segment: Compaction.Segment(number: number, snapshot: snapshot), retention: retention,
      file: try await files.openForAppending(path), lock: lock,
      last: recall.last, recall: isNew ? nil : recall, events: history.eventsSinceSnapshot,
      elapsed: max(.zero, .seconds(request.date.timeIntervalSince(history.accepted.at))),
      addresses: addresses, input: input, cut: cut, ended: ended, change: change)
    // To free a million records takes as long as to walk them, and nobody needs to wait for it.
    BlockingPool.files.submit { [history = consume history] in withExtendedLifetime(history) {} }
    return opening
  }

  private func read(_ path: String) async throws -> JournalContents {
    let bytes = try await files.read(path, limit: .max)
    do {
      return try JournalReader.read(bytes)
    } catch {
      throw StoreError(error.description(in: path))
    }
  }

  func value(_ payload: Payload, in folder: RunFolder) async throws -> JSONValue {
    switch payload {
    case .inline(let json): json
    case .file(let name): try await folder.payload(name)
    }
  }
}
