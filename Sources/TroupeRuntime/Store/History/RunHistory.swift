public import TroupePlan

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A run as its journal tells it.
///
/// ```swift
/// let history = try await store.history(of: "4f2a")
/// for step in history.steps where step.state == .failed { print(step.address) }
/// ```
public struct RunHistory: Sendable, Identifiable {
  /// The plan that the run has now: the one that it was accepted with, or that it was changed to.
  public let plan: Plan
  /// What has happened, in order.
  public let events: [Event]
  /// When the last record was written.
  public let updated: Date
  /// How the run stands now.
  public internal(set) var status: RunStatus

  /// The first record: what was accepted.
  package let accepted: Accepted
  /// What has happened, for who walks it.
  package private(set) var recall: Recall
  /// The records that this was made of.
  package let journal: [JournalRecord]
  /// Where large values are; `nil` where nobody asks for them.
  var folder: RunFolder?
  let addresses: AddressReader

  /// What a run was accepted with.
  package struct Accepted: Sendable {
    package let id: String
    package let workflow: String
    package let version: String?
    package let fingerprint: String
    package let parameters: JSONValue
    package let input: Payload
    package let trace: String
    package let at: Date
  }

  /// Reads the records of a journal.
  ///
  /// - Throws: `StoreError` if its first record is none that accepts a run.
  package init(_ records: [JournalRecord], _ addresses: AddressReader, at path: String) throws {
    guard let first = records.first, let accepted = Accepted(first) else {
      throw StoreError("'\(path)' does not begin with a record that a run was accepted")
    }
    self.init(records, accepted, addresses)
  }

  private init(_ records: [JournalRecord], _ accepted: Accepted, _ addresses: AddressReader) {
    var recall = Recall(records: records.count)
    var events: [Event] = []
    events.reserveCapacity(records.count)
    var elapsed = Duration.zero
    for record in records {
      let reader = RecordReader(record.members)
      let place = reader.string("address")
      // What a later version added is left alone, and what is of no place that the plan has.
      guard let kind = Event.Kind(reader), let address = addresses.address(place) else {
        recall.skip(record)
        continue
      }
      recall.fold(kind, at: place, record)
      // The wall clock may be set; the time since the beginning never goes back.
      elapsed = max(elapsed, .seconds(record.at.timeIntervalSince(accepted.at)))
      events.append(
        Event(sequence: record.sequence, elapsed: elapsed, address: address, kind: kind))
    }
    self.accepted = accepted
    self.recall = recall
    self.events = events
    self.addresses = addresses
    plan = addresses.plan
    journal = records
    updated = records.last?.at ?? accepted.at
    status = RunStatus(outcome: recall.outcome, stop: recall.stop, recall.leftDoubts)
  }

  /// The history up to a record: how things were when it was the last one. The status stays that of
  /// now.
  ///
  /// - Parameter record: The number of a record, counted from 1; one beyond the last changes
  ///   nothing.
  /// - Throws: `RecordsAreGone` if the journal has been compacted since; `StoreError` if an older
  ///   part of it cannot be read.
  public func upTo(record: Int) async throws -> RunHistory {
    let wanted = max(record, 1)
    let begin = recall.snapshot == nil ? nil : eventsSinceSnapshot.first?.sequence
    var records = journal.filter { $0.sequence <= wanted }
    if let begin, wanted < begin, let folder {
      records = try await folder.records(upTo: wanted)
    }
    var history = RunHistory(records, accepted, addresses)
    history.status = status
    history.folder = folder
    return history
  }
}

extension RunHistory {
  /// Gives away what has happened, which whoever goes on with the run changes, and which is too
  /// much to be copied; nothing is left of it here.
  mutating func giveAwayRecall() -> Recall {
    defer { recall = Recall(records: 0) }
    return recall
  }

  /// What has happened since what is gone, beginning with the snapshot; all if nothing is.
  var eventsSinceSnapshot: [Event] {
    let snapshot = events.lastIndex { if case .snapshot = $0.kind { true } else { false } }
    return Array(events[(snapshot ?? 0)...])
  }
}

extension RunHistory.Accepted {
  /// The version of the journals that this library writes and reads.
  package static let format = 1

  package init?(_ record: JournalRecord) {
    let reader = RecordReader(record.members)
    guard record.type == "accepted", record.sequence == 1,
      reader.integer("format") == Self.format,
      let id = reader.text("run"), let input = Payload("input", of: record.members)
    else { return nil }
    self.id = id
    self.input = input
    workflow = reader.string("workflow")
    version = reader.text("version")
    fingerprint = reader.string("fingerprint")
    parameters = record.members["parameters"] ?? [:]
    trace = reader.string("trace")
    at = record.at
  }
}
