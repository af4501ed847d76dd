import TroupePlan

/// Records as snapshots keep them: with their numbers and times, and without what belonged to the
/// lines in which they stood.
extension JournalRecord {
  private static let ofLines: Set<String> = ["crc", "durable", "batch"]
  private static let ofAll: Set<String> = ["crc", "durable", "batch", "seq", "at"]

  var kept: JSONValue { members(without: Self.ofLines) }

  init?(_ kept: JSONValue) {
    let reader = RecordReader(kept)
    guard case .integer(let sequence)? = kept["seq"],
      let at = Array(reader.string("at").utf8).withUnsafeBytes({ JournalTime($0) })
    else { return nil }
    self.init(sequence: sequence, at: at.date, members: kept)
  }

  /// The record as a line of its own.
  var line: [UInt8] {
    let body = Array(members(without: Self.ofAll).canonicalBytes.dropFirst().dropLast())
    let entry = JournalBatch.Entry(sequence: sequence, at: JournalTime(at), body: body)
    return JournalBatch(entries: [entry], durable: sequence - 1).bytes
  }

  /// Where it happened.
  var place: String { RecordReader(members).string("address") }

  /// Whether a batch begins with it.
  var beginsBatch: Bool { members["batch"] != nil }

  private func members(without keys: Set<String>) -> JSONValue {
    guard case .object(let members) = members else { return members }
    return .object(members.filter { !keys.contains($0.key) })
  }
}
