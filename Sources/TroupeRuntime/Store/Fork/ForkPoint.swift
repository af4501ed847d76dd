import TroupePlan

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A run as it was at the record at which it is forked.
struct ForkPoint: Sendable {
  let folder: RunFolder
  let run: String
  let record: Int
  /// The number of the plan that the run had, which is that of the fork, among those of the run.
  let plan: Int
  let addresses: AddressReader
  /// What had happened, for a run that goes on.
  let recall: Recall
  /// The part of the journal that told it.
  let segment: Int
  /// What had been compacted there, if something had.
  private let before: Snapshot?
  /// The records since then, up to the fork's.
  private let records: [JournalRecord]

  /// - Throws: `ForkRefused` if the record ends no batch, or the run had ended; `RecordsAreGone`,
  ///   `StoreError`.
  init(_ folder: RunFolder, _ run: String, _ record: Int) async throws {
    let all: [JournalRecord]
    (segment, all) = try await folder.durableRecords(reaching: record)
    let (before, records) = RunFolder.parts(of: all)
    let ends =
      ([before.map { _ in all.first { $0.type == "snapshot" }?.sequence ?? 0 }]
      .compactMap(\.self) + records.filter(\.beginsBatch).map { $0.sequence - 1 }
      + [records.last?.sequence].compactMap(\.self)).filter { $0 > 0 }.sorted()
    guard ends.contains(record) else {
      throw ForkRefused(
        run: run, record: record,
        reason: .noBoundary(
          before: ends.last { $0 < record }, after: ends.first { $0 > record }))
    }
    plan = PlanChange.last(in: all.filter { $0.sequence <= record })?.number ?? 1
    self.folder = folder
    self.run = run
    self.record = record
    addresses = AddressReader(try await folder.plan(plan))
    self.before = before
    self.records = records.filter { $0.sequence <= record }
    var recall = try RunHistory(
      all.filter { $0.sequence <= record }, addresses, at: folder.path
    ).recall
    if let outcome = recall.outcome {
      throw ForkRefused(run: run, record: record, reason: .ended(outcome))
    }
    recall.reopen()
    self.recall = recall
  }

  /// - Throws: `ForkRefused` if the workflow has no artifact of one of the names.
  func check(_ names: [String]) throws {
    let layout = Layout(addresses.plan)
    var known: Set<String> = [addresses.plan.input.name]
    for node in addresses.plan.nodes {
      guard let slot = layout.write(node.id), layout.isOutermost(slot) else { continue }
      known.formUnion(node.writes.map(\.name))
    }
    for name in names where !known.contains(name) {
      throw ForkRefused(
        run: run, record: record, reason: .unknownArtifact(name, known: known.sorted()))
    }
  }

  /// The state of a fork that begins here.
  func snapshot(as id: String, trace: String, at date: Date) -> Snapshot {
    var snapshot = before ?? Snapshot()
    let all = (before?.records ?? []) + records
    let shift = date.timeIntervalSince(all.last?.at ?? date)
    // Who wanted the parent's end did not want the fork's.
    let kept = all.filter { $0.type != "cancelRequested" }
    snapshot.records = kept.enumerated().map { index, record in
      guard case .object(var members) = record.members else { return record }
      if index == 0 {
        members["run"] = .string(id)
        members["trace"] = .string(trace)
      }
      for key in ["due", "until"] where isArmed(record, key) {
        guard let date = RecordReader(record.members).date(key) else { continue }
        members[key] = .string(InstantText.text(of: date + shift))
      }
      return JournalRecord(sequence: record.sequence, at: record.at, members: .object(members))
    }
    return snapshot
  }

  /// Whether an instant in a record is still to come and was found by counting from a beginning, so
  /// that what was left of the time is left again.
  private func isArmed(_ record: JournalRecord, _ key: String) -> Bool {
    guard record.members[key] != nil, let history = recall.nodes[record.place], history.isOpen,
      let node = addresses.address(record.place)?.node
    else { return false }
    if case .wait(.instant) = addresses.plan.nodes[node].kind { return key == "due" }
    return true
  }
}
