import TroupePlan

/// Requests and answers as members of records and letters.
extension Event.Asking {
  func write(to writer: inout RecordWriter) {
    writer.add("request", request)
    switch purpose {
    case .assignment: writer.add("for", "assignment")
    case .review(let gate):
      writer.add("for", "review")
      writer.add("gate", gate)
    case .resolution(let step, let decisions):
      writer.add("for", "resolution")
      writer.add("step", step)
      writer.add("decisions", json: .array(decisions.map { .string($0.rawValue) }))
    }
    writer.add("role", role)
    writer.add("members", json: .array(members.map { .string($0) }))
    writer.add("until", until)
  }

  init(_ record: RecordReader) {
    var members: [String] = []
    if case .array(let names)? = record.json["members"] {
      for case .string(let name) in names { members.append(name) }
    }
    self.init(
      request: record.string("request"), purpose: Inbox.Purpose(record),
      role: record.string("role"), members: members, until: record.date("until"))
  }
}

extension Inbox.Purpose {
  fileprivate init(_ record: RecordReader) {
    switch record.string("for") {
    case "review": self = .review(gate: record.string("gate"))
    case "resolution":
      var decisions: [Resolution.Decision] = []
      if case .array(let words)? = record.json["decisions"] {
        for case .string(let word) in words {
          if let decision = Resolution.Decision(rawValue: word) { decisions.append(decision) }
        }
      }
      self = .resolution(of: record.string("step"), decisions)
    default: self = .assignment
    }
  }
}

extension Inbox.Answer {
  func write(to writer: inout RecordWriter) {
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      switch key {
      case "decision": writer.add("decision", json: value)
      case "reason": writer.add("reason", json: value)
      case "score": writer.add("score", json: value)
      default: writer.add("value", json: value)
      }
    }
  }

  /// What a record or a letter says of it.
  var members: [String: JSONValue] {
    var members: [String: JSONValue] = ["decision": .string(decision.rawValue)]
    members["reason"] = reason.map { .string($0) }
    members["score"] = score.map { .number($0) }
    members["value"] = value
    return members
  }

  /// - Returns: `nil` if it says nothing that this version knows.
  init?(_ record: RecordReader) {
    guard let decision = Inbox.Decision(rawValue: record.string("decision")) else { return nil }
    var score: Double?
    switch record.json["score"] {
    case .number(let number)?: score = number
    case .integer(let number)?: score = Double(number)
    default: break
    }
    self.init(decision, reason: record.text("reason"), score: score, value: record.json["value"])
  }
}
