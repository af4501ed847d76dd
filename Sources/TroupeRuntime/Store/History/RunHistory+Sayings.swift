import TroupePlan

extension RunHistory {
  /// Who has said what a record tells of, and why.
  package struct Saying: Sendable, Hashable {
    /// Who, if they gave a name.
    package let by: String?
    /// Why, if they said so.
    package let why: String?
    /// Whether an operator decided in the place of those who were to.
    package let isOverride: Bool
  }

  /// What people have decided, settled, sent or wanted, by the numbers of the records that tell of
  /// it.
  package var sayings: [Int: Saying] {
    var sayings: [Int: Saying] = [:]
    for record in journal {
      let reader = RecordReader(record.members)
      let (by, isOverride) = (reader.text("by"), reader.bool("override"))
      // Of an answer the reason is that of whoever gave it; elsewhere it is why something failed.
      let why = reader.text("why") ?? (record.type == "answered" ? reader.text("reason") : nil)
      guard by != nil || why != nil || isOverride else { continue }
      sayings[record.sequence] = Saying(
        by: by, why: why.flatMap { $0.isBlank ? nil : $0 },
        isOverride: isOverride || reader.string("found") == "overridden")
    }
    return sayings
  }
}
