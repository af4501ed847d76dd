package import TroupePlan

#if canImport(FoundationEssentials)
  package import FoundationEssentials
#else
  package import Foundation
#endif

/// A run as its journal tells it.
package struct RunHistory: Sendable {
  /// The first record: what was accepted.
  package let accepted: Accepted
  /// What has happened, for who walks it.
  package let recall: Recall
  /// What has happened, for who reads it.
  package let events: [Event]
  /// When the last record was written.
  package let updated: Date

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
    var recall = Recall(records: records.count)
    var events: [Event] = []
    events.reserveCapacity(records.count)
    var elapsed = Duration.zero
    for record in records {
      let reader = RecordReader(record.members)
      let place = reader.string("address")
      // What a later version added is left alone, and what is of no place that the plan has.
      guard let kind = Event.Kind(reader), let address = addresses.address(place) else { continue }
      recall.fold(kind, at: place, record)
      // The wall clock may be set; the time since the beginning never goes back.
      elapsed = max(elapsed, .seconds(record.at.timeIntervalSince(accepted.at)))
      events.append(
        Event(sequence: record.sequence, elapsed: elapsed, address: address, kind: kind))
    }
    self.accepted = accepted
    self.recall = recall
    self.events = events
    updated = records.last?.at ?? accepted.at
  }
}

extension RunHistory.Accepted {
  /// The version of the journals that this library writes and reads.
  package static let format = 1

  fileprivate init?(_ record: JournalRecord) {
    let reader = RecordReader(record.members)
    guard record.type == "accepted", reader.integer("format") == Self.format,
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
