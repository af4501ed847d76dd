import TroupePlan

/// Keeping the journal of a run small that goes on for long.
extension Execution {
  /// Compacts the journal whenever that is due, until the run is over.
  ///
  /// What goes wrong before the new part of the journal is in place changes nothing: the old part is
  /// written on, and it is tried again later.
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
    journal.release(keepingCopies: true)
    let old = compaction.segment
    let now = try await known(reached, journal)
    let condenser = try await journal.folder.condensed(old, upTo: cut, now: now, addresses)
    if compaction.isOver { return nil }
    try await journal.folder.keepAudit(condenser.audit, of: condenser.snapshot)
    let members = try await journal.members(Snapshot.member, for: condenser.snapshot.json)
    let new = Compaction.Segment(number: old.number + 1, snapshot: cut)
    try await journal.change(to: new, beginningWith: snapshotRecord(members), date: clock.date)
    log.forget(upTo: cut, root, traits)
    await journal.folder.removeSegments(before: new.number, keeping: compaction.retention.segments)
    return new
  }

  private func snapshotRecord(_ members: [UInt8]) -> [UInt8] {
    Event.Kind.snapshot.record(at: root, more: members)
  }

  /// What loops and fan-outs have come to, as a journal holds it; without those that write something
  /// of which the type is not known.
  private func known(_ reached: Waypoints.State, _ journal: RunJournal) async throws -> Snapshot {
    var known = Snapshot()
    for (place, rounds) in reached.loops {
      guard let slots else { break }
      let names = slots.written(inside: rounds.node)
      var bindings: [String: Snapshot.Binding] = [:]
      for (name, slot) in names {
        guard let version = rounds.published.first(where: { $0.slot == slot })?.version,
          let type = slots.type(of: slot)
        else { continue }
        bindings[name] = try await binding(version, version.record, type, journal)
      }
      guard bindings.count == rounds.published.count else { continue }
      known.loops[place] = Snapshot.Rounds(
        count: rounds.count, isDone: rounds.isDone, bindings: bindings)
    }
    for (place, elements) in reached.fanOuts {
      guard let type = slots?.type(of: layout.crossing(elements.node).output) else { continue }
      var results: [Int: Snapshot.Binding] = [:]
      for (number, element) in elements.results {
        results[number] = try await binding(element.version, element.record, type, journal)
      }
      known.fanOuts[place] = results
    }
    return known
  }

  private func binding(
    _ version: Version, _ record: Int, _ type: ValueType, _ journal: RunJournal
  ) async throws -> Snapshot.Binding {
    let json = try type.encode(version.value)
    return Snapshot.Binding(record: record, value: try await journal.payload(json))
  }
}
