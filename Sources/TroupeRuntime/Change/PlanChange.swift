import TroupePlan

/// A run goes on with another plan from here on.
public struct PlanChange: Sendable, Hashable {
  /// The fingerprint of the plan that the run had so far.
  public let from: String
  /// The fingerprint of the plan that it goes on with.
  public let to: String
  /// Who accepted the change.
  public let by: String
  /// The number of the plan among those of the run; the one it was accepted with is 1.
  public let number: Int

  init(from: String, to: String, by: String, number: Int) {
    self.from = from
    self.to = to
    self.by = by
    self.number = number
  }

  /// The last change among some records.
  static func last(in records: [JournalRecord]) -> PlanChange? {
    records.last { $0.type == "planChanged" }.map { PlanChange(RecordReader($0.members)) }
  }
}

extension PlanChange {
  init(_ record: RecordReader) {
    self.init(
      from: record.string("from"), to: record.string("to"), by: record.string("by"),
      number: max(record.integer("plan"), 1))
  }

  func write(to writer: inout RecordWriter) {
    writer.add("from", from)
    writer.add("to", to)
    writer.add("by", by)
    writer.add("plan", number)
  }
}
