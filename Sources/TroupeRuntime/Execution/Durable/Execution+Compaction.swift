import TroupePlan

/// Keeping the journal of a run small that goes on for long.
extension Execution {
  /// Compacts the journal whenever that is due, until the run is over.
  ///
  /// What goes wrong before the new part of the journal is in place changes nothing: the old part
  /// is written on, and it is tried again later.
  func compactWhenDue() async {
    guard let compaction else { return }
    while await compaction.untilDue() {
      let segment = try? await compact(compaction)
      compaction.ended(segment, last: log.last)
    }
  }

  private func compact(_ compaction: Compaction) async throws -> Compaction.Segment? {
    guard let journal, let waypoints, let addresses else { return nil }
    let reached = waypoints.all
    // What was reached must be durable where the snapshot is made.
    try await journal.untilDurable(log.last)
    let cut = try await journal.hold().durable
    let old = compaction.segment
    // A run that is quicker than this waits for it; else the journal would grow all the same.
    let isHeld = compaction.isBehind(cut)
    if !isHeld { journal.release(keepingCopies: true) }
    let condensed: Condensed
    do {
      condensed = try await condense(old, upTo: cut, reached, addresses, journal) {
        compaction.isOver
      }
    } catch {
      if isHeld { journal.release() } else { journal.dropCopies() }
      throw error
    }
    let new = Compaction.Segment(number: old.number + 1, snapshot: cut)
    let record = Event.Kind.snapshot.record(at: root, more: condensed.members)
    try await journal.change(to: new, beginningWith: record, date: clock.date, isHeld: isHeld)
    log.forget(upTo: cut, root, traits)
    let older = await journal.folder.removeSegments(
      before: new.number, keeping: compaction.retention.segments)
    await journal.removePayloads(
      unknownTo: condensed.snapshot, upTo: cut, condensed.file, segments: older)
    return new
  }

  /// A snapshot, and what its record says.
  private struct Condensed {
    let snapshot: Snapshot
    /// The file in which it stands, if it is large.
    let file: String?
    let members: [UInt8]
  }

  private func condense(
    _ segment: Compaction.Segment, upTo cut: Int, _ reached: Waypoints.State,
    _ addresses: AddressReader, _ journal: RunJournal, unless isOver: @escaping @Sendable () -> Bool
  ) async throws -> Condensed {
    let now = try await known(reached, journal)
    let condenser = try await journal.folder.condensed(
      segment, upTo: cut, now: now, addresses, unless: isOver)
    if isOver() { throw CancellationError() }
    try await journal.folder.keepAudit(condenser.audit, of: condenser.snapshot)
    let text = try await journal.folder.files.compute {
      condenser.snapshot.json.canonicalBytes
    }
    if isOver() { throw CancellationError() }
    let file = try await journal.file(text)
    if isOver() { throw CancellationError() }
    return Condensed(
      snapshot: condenser.snapshot, file: file,
      members: file.map { Array("\"\(Snapshot.member)File\":\"\($0)\"".utf8) }
        ?? RecordWriter.members { $0.add(Snapshot.member, text: text) })
  }

  /// What loops and fan-outs have come to, as a journal holds it; without those that write
  /// something of which the type is not known.
  private func known(_ reached: Waypoints.State, _ journal: RunJournal) async throws -> Snapshot {
    let (known, large) = try await journal.folder.files.compute { [self] in
      try encoded(reached)
    }
    for text in large { _ = try await journal.file(text) }
    return known
  }

  /// The same, with the large values that are to be put into files.
  private func encoded(
    _ reached: Waypoints.State
  ) throws -> (known: Snapshot, large: [[UInt8]]) {
    var known = Snapshot()
    var large: [[UInt8]] = []
    func binding(_ version: Version, _ record: Int, _ type: ValueType) throws -> Snapshot.Binding {
      let waived = waivers?.waivers(of: [version]) ?? []
      if !waived.isEmpty { known.waivers[record] = waived }
      let json = try type.encode(version.value)
      let text = json.canonicalBytes
      guard text.count > Payload.inlineLimit else {
        return Snapshot.Binding(record: record, value: .inline(json))
      }
      large.append(text)
      return Snapshot.Binding(record: record, value: .file(RunFolder.payloadName(of: text)))
    }
    guard let slots else { return (known, large) }
    for (place, rounds) in reached.loops {
      let names = slots.written(inside: rounds.node)
      var bindings: [String: Snapshot.Binding] = [:]
      for (name, slot) in names {
        guard let version = rounds.published.first(where: { $0.slot == slot })?.version,
          let type = slots.type(of: slot)
        else { continue }
        bindings[name] = try binding(version, version.record, type)
      }
      guard bindings.count == rounds.published.count else { continue }
      known.loops[place] = Snapshot.Rounds(
        count: rounds.count, isDone: rounds.isDone, bindings: bindings)
    }
    for (place, elements) in reached.fanOuts {
      guard let type = slots.type(of: layout.crossing(elements.node).output) else { continue }
      known.fanOuts[place] = try elements.results.mapValues { element in
        try binding(element.version, element.record, type)
      }
    }
    return (known, large)
  }
}
