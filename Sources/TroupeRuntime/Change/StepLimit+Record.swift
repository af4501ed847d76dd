import TroupePlan

/// Limits as records of a journal.
extension StepLimit {
  /// What a record tells; `nil` for a limit that this version does not know.
  init?(_ record: RecordReader) {
    let count = record.integer("count")
    switch record.string("limit") {
    case "rounds": self = .rounds(count)
    case "reworks": self = .reworks(count, gate: record.text("gate"))
    case "attempts": self = .attempts(count)
    case "timeout": self = .timeout(record.duration("length"))
    case "deadline": self = .deadline(record.duration("length"))
    case "tolerance": self = .tolerance(count)
    case "budget":
      guard let amount = Budget.Amount(record.json["budget"]) else { return nil }
      self = .budget(amount)
    default: return nil
    }
  }

  func write(to writer: inout RecordWriter) {
    func add(_ name: String, _ count: Int) {
      writer.add("limit", name)
      writer.add("count", count)
    }
    switch self {
    case .rounds(let count): add("rounds", count)
    case .reworks(let count, let gate):
      add("reworks", count)
      writer.add("gate", gate)
    case .attempts(let count): add("attempts", count)
    case .tolerance(let count): add("tolerance", count)
    case .budget(let amount):
      writer.add("limit", "budget")
      writer.add("budget", json: amount.recorded)
    case .timeout(let length):
      writer.add("limit", "timeout")
      writer.add("length", length as Duration?)
    case .deadline(let length):
      writer.add("limit", "deadline")
      writer.add("length", length as Duration?)
    }
  }
}
