import TroupePlan

/// What a journal tells of the ladder of one instance of a step.
struct LadderHistory: Sendable {
  /// The number of the record that says it began.
  let record: Int
  let trigger: Escalation.Trigger
  /// What the step came to before.
  let failure: JSONValue
  /// The last take before it began.
  let take: Int
  /// The numbers of the records by which it came to its rungs.
  var reached: [Int: Int] = [:]
  /// The numbers of the records of what was decided at rungs.
  var resolved: [Int: Int] = [:]

  /// Who has supplied what the step writes, and as which take.
  var supplied: [(member: String, take: Int)] = []
  /// What had been charged to the step when its budget last began anew, and how long it had been
  /// worked on; `nil` if it did not.
  var renewal: (charge: Charge, time: Duration)?

  init(_ trigger: Escalation.Trigger, _ record: JournalRecord) {
    let reader = RecordReader(record.members)
    self.record = record.sequence
    self.trigger = trigger
    failure = record.members["failure"] ?? ["type": "error", "text": "its record is damaged"]
    take = reader.integer("take")
  }

  /// Takes in that the budget of the step began anew, if a record says so.
  mutating func renew(by record: JournalRecord) {
    guard let spent = record.members["spent"] else { return }
    renewal = (Charge(spent), RecordReader(spent).duration("time"))
  }

  /// Whether it has gone on to a rung behind this one.
  func hasLeft(_ rung: Int) -> Bool { reached.keys.contains { $0 > rung } }
}
