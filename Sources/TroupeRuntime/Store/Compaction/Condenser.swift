import TroupePlan

/// Makes a snapshot of the records of a journal: leaves out what is inside of rounds and elements
/// that have ended.
///
/// Not left out is what a person or a probe may still have to say something about: work that must
/// not be done twice and of which nobody knows whether it was done. Nor is what may have to be
/// undone.
struct Condenser {
  /// What is known of rounds and elements that have ended.
  private(set) var snapshot: Snapshot
  /// What is not kept and must not be lost: verdicts and escalations, as lines.
  private(set) var audit: [UInt8] = []

  let addresses: AddressReader
  private var isCovered: [String: Bool] = [:]
  private var paths: [String: String] = [:]
  private let hasCompensations: Bool
  private var isUndoable: [String: Bool] = [:]

  /// Makes a snapshot.
  ///
  /// - Parameters:
  ///   - before: The snapshot with which the journal began, if it did.
  ///   - records: The records behind that one.
  ///   - now: What rounds and elements have come to by the last record; no records, and nothing
  ///     of what was known before.
  ///   - isOver: Whether the snapshot is not needed any more.
  /// - Throws: `CancellationError` once `isOver` says so.
  init(
    _ before: Snapshot?, _ records: [JournalRecord], now: Snapshot, _ addresses: AddressReader,
    unless isOver: () -> Bool
  ) throws {
    self.addresses = addresses
    hasCompensations = addresses.plan.nodes.contains { $0.compensation != nil }
    snapshot = now
    if let before {
      snapshot.loops.merge(before.loops) { now, _ in now }
      snapshot.fanOuts.merge(before.fanOuts) { now, then in now.merging(then) { now, _ in now } }
      snapshot.audit = before.audit
      snapshot.begun = before.begun
      snapshot.usage = before.usage
      snapshot.ran = before.ran
      snapshot.identities = before.identities
    }
    // What is inside of what has ended is not asked for any more.
    let known = snapshot
    snapshot.loops = known.loops.filter { !known.covers($0.key) }
    snapshot.fanOuts = known.fanOuts.filter { !known.covers($0.key) }
    let versions = snapshot.versions
    snapshot.waivers = known.waivers.merging(before?.waivers ?? [:]) { now, _ in now }
      .filter { versions.contains($0.key) }
    for (place, charge) in before?.charges ?? [:] { self.charge(charge, in: place) }
    for (place, members) in before?.authors ?? [:] { note(authors: members, in: place) }
    try keep((before?.records ?? []) + records, unless: isOver)
    // Whoever sent something and did not hear that it came may send it once more, but not for ever.
    snapshot.identities = snapshot.identities.suffix(Self.rememberedIdentities)
  }

  /// How many of the last letters are known again when they come once more.
  private static let rememberedIdentities = 1_000

  private mutating func keep(_ all: [JournalRecord], unless isOver: () -> Bool) throws {
    var needed = doubtful(all)
    needed.formUnion(charge(all, besides: needed))
    noteAuthors(of: all)
    var taken: Set<Int> = []
    var kept: [JournalRecord] = []
    for (index, record) in all.enumerated() {
      if index.isMultiple(of: 1_024), isOver() { throw CancellationError() }
      let place = record.place
      if covers(place) {
        if needed.contains(place) || record.type == "compensating" || mayBeUndone(place) {
          kept.append(record)
          continue
        }
        switch record.type {
        case "consumed": taken.insert(RecordReader(record.members).integer("signal"))
        case "returned": taken.remove(RecordReader(record.members).integer("signal"))
        case "escalated", "reached", "resolved": audit += record.line
        case "judged":
          audit += record.line
          if let id = RecordReader(record.members).text("id") { snapshot.identities.append(id) }
        case "examined", "answered", "asked":
          // What a person said, whose letter may come once more.
          guard let id = RecordReader(record.members).text("id") else { break }
          audit += record.line
          snapshot.identities.append(id)
        default: break
        }
        drop(record, at: place)
      } else if record.type != "wentRound"
        || !snapshot.covers(round: RecordReader(record.members).integer("round"), of: place)
      {
        kept.append(record)
      }
    }
    snapshot.audit += audit.count
    guard !taken.isEmpty else {
      snapshot.records = kept
      return
    }
    for record in kept where record.type == "received" && taken.contains(record.sequence) {
      snapshot.identities.append(RecordReader(record.members).string("id"))
    }
    snapshot.records = kept.filter { $0.type != "received" || !taken.contains($0.sequence) }
  }

  /// Notes what must be known of a record that is not kept.
  private mutating func drop(_ record: JournalRecord, at place: String) {
    if let path = path(of: place) {
      if snapshot.begun[path] == nil { snapshot.begun[path] = [] }
      if record.type == "chose" {
        snapshot.begun[path]?.insert(RecordReader(record.members).text("branch"))
      }
    }
    switch record.type {
    case "finished", "stale", "failed":
      snapshot.usage = snapshot.usage + Usage(RecordReader(record.members))
    default: break
    }
  }

  private mutating func path(of place: String) -> String? {
    if let known = paths[place] { return known }
    guard let node = addresses.address(place)?.node else { return nil }
    let path = addresses.plan.nodes[node].path.description
    paths[place] = path
    return path
  }

  /// Whether a stage with a compensation is at a place, or that compensation.
  private mutating func mayBeUndone(_ place: String) -> Bool {
    guard hasCompensations else { return false }
    if let known = isUndoable[place] { return known }
    let node = addresses.address(place).map { addresses.plan.nodes[$0.node] }
    let isMeant = node.map { $0.compensation != nil || $0.path.isCompensation } ?? false
    isUndoable[place] = isMeant
    return isMeant
  }

  mutating func covers(_ place: String) -> Bool {
    if let known = isCovered[place] { return known }
    let covers = snapshot.covers(place)
    isCovered[place] = covers
    return covers
  }

  /// Adds up what attempts are charged whose records are not kept.
  ///
  /// - Parameter kept: The places of which the records are kept all the same.
  /// - Returns: The places with attempts that were given up and may still say what they used up.
  private mutating func charge(
    _ all: [JournalRecord], besides kept: Set<String>
  ) -> Set<String> {
    guard addresses.plan.nodes.contains(where: { $0.policies.budget != nil }) else { return [] }
    var histories: [String: NodeHistory] = [:]
    for record in all {
      if let ran = RecordReader(record.members).ran { snapshot.ran = max(snapshot.ran, ran) }
      switch record.type {
      case "started", "finished", "failed", "gaveUp", "stale":
        guard covers(record.place), !kept.contains(record.place), !mayBeUndone(record.place),
          let kind = Event.Kind(RecordReader(record.members))
        else {
          continue
        }
        histories[record.place, default: NodeHistory()].fold(kind, record)
      default: break
      }
    }
    var open: Set<String> = []
    for (place, history) in histories {
      let started = history.attempts.filter(\.wasStarted)
      if started.contains(where: \.mayReport) {
        open.insert(place)
      } else {
        charge(started.reduce(Charge()) { $0 + $1.charge }, in: place)
      }
    }
    return open
  }

  /// Charges something for a place of which no record is kept.
  private mutating func charge(_ charge: Charge, in place: String) {
    snapshot.charges[snapshot.base(of: place) ?? place, default: Charge()] += charge
  }

  /// Notes who has made something in a place of which no record is kept.
  mutating func note(authors: Set<String>, in place: String) {
    guard !authors.isEmpty else { return }
    snapshot.authors[snapshot.base(of: place) ?? place, default: []].formUnion(authors)
  }

  /// The places with work of which it is not known whether it was done, and that must not be done
  /// twice.
  private mutating func doubtful(_ all: [JournalRecord]) -> Set<String> {
    guard addresses.plan.nodes.contains(where: { $0.policies.occurrence != .atLeastOnce }) else {
      return []
    }
    var histories: [String: NodeHistory] = [:]
    for record in all {
      let place = record.place
      guard covers(place), let node = addresses.address(place)?.node,
        addresses.plan.nodes[node].policies.occurrence != .atLeastOnce,
        let kind = Event.Kind(RecordReader(record.members))
      else { continue }
      histories[place, default: NodeHistory()].fold(kind, record)
    }
    return Set(histories.filter { $0.value.isDoubtful }.keys)
  }
}

extension AttemptHistory {
  /// Whether it was given up, and has not come to its end since. Who is asked and not waited for
  /// any more has nothing to say.
  fileprivate var mayReport: Bool {
    if case .gaveUp = end { !isStale && !asks } else { false }
  }
}

extension NodeHistory {
  /// Whether it is not known what the last attempt has done.
  fileprivate var isDoubtful: Bool {
    guard let last = attempts.last, !asked(last.attempt) else { return false }
    if case .finished = last.end { return false }
    switch last.examined?.found {
    case .finished, .notDone, .overridden: return false
    case .unknown, .aborted, nil: return true
    }
  }
}
