public import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

extension Store {
  /// Begins a new run with the state that another one had at one of its records.
  ///
  /// Stages that were finished there keep their outputs. What was in flight is in doubt in the
  /// fork, which has idempotency keys of its own: it is performed again, or, if it happens at most
  /// once, stops the fork until it is known whether it was done. The fork goes on as soon as it is
  /// resumed under its identity. The parent may be running, and is not changed.
  ///
  /// - Parameters:
  ///   - run: The identity of the parent.
  ///   - record: The number of the record; no other record may have become durable with it after
  ///     it.
  ///   - artifacts: New versions of artifacts of the workflow's own scope, by their names; for all
  ///     steps that had not started.
  ///   - id: The identity of the fork; by default it gets one of its own.
  ///   - repeatingEffects: Whether stages may be performed again that happen at most once, or have
  ///     a compensation, and had not begun at the record.
  /// - Returns: The fork's identity.
  /// - Throws: `ForkRefused`, `RecordsAreGone`, `StoreError`.
  public func fork(
    _ run: String, at record: Int, setting artifacts: [String: JSONValue] = [:],
    as id: String? = nil, repeatingEffects: Bool = false
  ) async throws -> String {
    try await fork(
      run, at: record, setting: artifacts, as: id, repeatingEffects: repeatingEffects,
      nonce: Self.nonce(), date: Date())
  }

  /// The stages that the parent of a fork has begun or done after the record of the fork, and that
  /// the fork performs again, and those that were in flight there, which it performs again or is in
  /// doubt about.
  ///
  /// - Throws: `RecordsAreGone`, `StoreError`.
  public func repeated(byForking run: String, at record: Int) async throws -> [RepeatedStage] {
    try await beginning(of: run, at: record).repeated
  }

  /// Does the same at a time and with a random number of the caller's.
  func fork(
    _ run: String, at record: Int, setting artifacts: [String: JSONValue], as id: String?,
    repeatingEffects: Bool, nonce: String, date: Date, tries: Int = 3
  ) async throws -> String {
    let id = id ?? nonce
    try Self.check(id: id)
    try await checkPlace()
    let parent = try await existing(run)
    guard try await !ids().contains(id) else { throw Self.isThere(id, in: root) }
    let (point, all) = try await beginning(of: run, at: record)
    try point.check(artifacts.keys.sorted())
    let repeated = all.filter { ($0.isAtMostOnce || $0.hasCompensation) && !$0.isInDoubt }
    guard repeatingEffects || repeated.isEmpty else {
      throw ForkRefused(run: run, record: record, reason: .repeatsEffects(repeated))
    }
    let snapshot = point.snapshot(as: id, trace: nonce, at: date)
    do {
      let plan = try await files.read(parent.planPath(), limit: .max)
      try await found(id, nonce: nonce, plan: plan) { folder in
        for number in 1...point.plan where number > 1 {
          let plan = try await files.read(parent.planPath(number), limit: .max)
          try await files.create(folder.planPath(number), plan)
        }
        for name in snapshot.files.sorted() {
          let text = try await files.read("\(parent.path)/payloads/\(name)", limit: .max)
          try await files.create("\(folder.path)/payloads/\(name)", text)
        }
        if snapshot.audit > 0 {
          let audit = try await files.read(parent.auditPath, limit: .max).prefix(snapshot.audit)
          try await files.create(folder.auditPath, Array(audit))
        }
        return try await journal(of: snapshot, point, artifacts, at: date, in: folder)
      }
    } catch {
      guard let error = error as? SystemError else { throw error }
      // The parent's journal may have been compacted meanwhile, and values be gone that it told of.
      if error.isMissing, tries > 1 {
        return try await fork(
          run, at: record, setting: artifacts, as: id, repeatingEffects: repeatingEffects,
          nonce: nonce, date: date, tries: tries - 1)
      }
      // Another one may have been quicker.
      if error.isExisting, try await ids().contains(id) { throw Self.isThere(id, in: root) }
      throw StoreError(doing: "fork a run", at: folder(of: id).path, error)
    }
    return id
  }

  private static func isThere(_ id: String, in root: String) -> StoreError {
    StoreError("there is a run '\(id)' already in '\(root)'; give the fork another identity")
  }

  /// The folder of a run that there is.
  func existing(_ run: String) async throws(StoreError) -> RunFolder {
    guard try await ids().contains(run) else {
      throw StoreError("there is no run '\(run)' in '\(root)'")
    }
    return folder(of: run)
  }

  /// A random number that tells names apart.
  static func nonce() -> String {
    var random = SystemRandomNumberGenerator()
    let digits = String(UInt64.random(in: 0 ... .max, using: &random), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  private func journal(
    of snapshot: Snapshot, _ point: ForkPoint, _ artifacts: [String: JSONValue], at date: Date,
    in folder: RunFolder
  ) async throws -> [UInt8] {
    let root = Address(node: 0, in: nil, plan: point.addresses.plan.nodes)
    func members(_ key: StaticString, _ json: JSONValue, _ number: Int) async throws -> [UInt8] {
      let text = json.canonicalBytes
      if text.count <= Payload.inlineLimit {
        return RecordWriter.members { $0.add(key, text: text) }
      }
      let name = try await folder.keepPayload(text, number: number)
      return Array("\"\(key)File\":\"\(name)\"".utf8)
    }
    let state = try await members(Snapshot.member, snapshot.json, 0)
    var set = artifacts.isEmpty ? [] : try await members("set", .object(artifacts), 1)
    if !set.isEmpty {
      let names = JSONValue.array(artifacts.keys.sorted().map { .string($0) })
      set += Array(",".utf8) + RecordWriter.members { $0.add("names", json: names) }
    }
    return JournalWriter.bytes(
      of: [
        (point.record, Event.Kind.snapshot.record(at: root, more: state)),
        (
          point.record + 1,
          Event.Kind.forked(from: point.run, record: point.record).record(at: root, more: set)
        ),
      ], durable: point.record - 1, at: date)
  }

  /// Where a fork begins, and what it performs again.
  private func beginning(
    of run: String, at record: Int
  ) async throws -> (point: ForkPoint, repeated: [RepeatedStage]) {
    let parent = try await existing(run)
    for _ in 0..<5 {
      let point = try await ForkPoint(parent, run, record)
      let repeated = try await repeated(after: record, point)
      // Else the journal has been compacted, and what was done since the record may be left out.
      if try await parent.isThere(segment: point.segment) { return (point, repeated) }
    }
    throw StoreError(
      "the journal in '\(parent.path)' was compacted whenever it was read; try again")
  }

  private func repeated(after record: Int, _ point: ForkPoint) async throws -> [RepeatedStage] {
    var order: [String] = []
    var isFinished: [String: Bool] = [:]
    for (place, history) in point.recall.nodes.sorted(by: { $0.value.began < $1.value.began }) {
      // People are asked anew, which does nothing twice.
      guard let last = history.attempts.last, case .unknown = last.end, !last.asks else { continue }
      order.append(place)
      isFinished[place] = false
    }
    for later in try await point.folder.allRecords() where later.sequence > record {
      guard later.type == "started" || later.type == "finished" else { continue }
      if isFinished[later.place] == nil { order.append(later.place) }
      isFinished[later.place] = isFinished[later.place] == true || later.type == "finished"
    }
    let plan = point.addresses.plan
    return order.compactMap { place in
      // What the parent undoes is not the fork's.
      guard let address = point.addresses.address(place), !address.path.isCompensation else {
        return nil
      }
      return RepeatedStage(
        address: place, isFinished: isFinished[place] == true,
        isAtMostOnce: plan.nodes[address.node].policies.occurrence == .atMostOnce,
        isInDoubt: point.recall.doubt(at: address, plan) != nil,
        hasCompensation: plan.nodes[address.node].compensation != nil)
    }
  }
}
