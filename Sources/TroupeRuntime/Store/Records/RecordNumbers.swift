import TroupePlan

/// The numbers in records of journals, which whoever reads them may count on, add and multiply.
///
/// A checksum says that a record is as somebody has written it, not that this library has. What
/// belongs to users, such as outputs, may be any number, and so may what a later version adds.
enum RecordNumbers {
  /// What a number in a record can be: more than anything is counted to, and far from what an `Int`
  /// cannot hold.
  static let range = 0...1_000_000_000_000_000

  /// The nearest number that a record can hold.
  static func clamped(_ number: Int) -> Int {
    min(max(number, range.lowerBound), range.upperBound)
  }

  /// The nearest duration that a record can hold.
  static func clamped(_ duration: Duration) -> Duration {
    let longest = Duration.seconds(range.upperBound)
    return min(max(duration, .zero - longest), longest)
  }

  /// How the value of a member is to be looked at.
  private enum Content {
    case number
    /// Which an agent has told, and journals of before hold as it was, also below zero.
    case told
    case duration
    /// An object with members of ours, or a list of such.
    case members
    /// An object whose members have the names that users give, so many levels deep, each of which
    /// has members of ours or is a number.
    case names(levels: Int, areNumbers: Bool)
  }

  private static let contents: [String: Content] = {
    var contents: [String: Content] = [:]
    for key in [
      "seq", "durable", "format", "take", "attempt", "nextTake", "keyTake", "round", "count",
      "results", "rung", "element", "process", "signal", "failures", "record", "plan", "ran", "cut",
      "lostRecords", "lostLines", "lostBytes", "records", "bytes", "turns", "takes", "attempts",
      "rounds", "tolerated", "audit", "ended",
    ] {
      contents[key] = .number
    }
    for key in ["inputTokens", "outputTokens", "tokens"] { contents[key] = .told }
    for key in ["pause", "since", "length", "time", "limit"] { contents[key] = .duration }
    for key in [
      "batch", "usage", "reserved", "budget", "spent", "needed", "failure", "cause", "others",
      "state",
    ] {
      contents[key] = .members
    }
    contents["reads"] = .names(levels: 1, areNumbers: true)
    contents["loops"] = .names(levels: 1, areNumbers: false)
    contents["bindings"] = .names(levels: 1, areNumbers: false)
    contents["charges"] = .names(levels: 1, areNumbers: false)
    contents["fanOuts"] = .names(levels: 2, areNumbers: false)
    return contents
  }()

  /// Checks a record, or a snapshot.
  static func check(_ json: JSONValue) throws(JournalProblem) {
    switch json {
    case .object(let members):
      for (key, value) in members {
        // Most members are text, and most text is no duration.
        if case .string(let text) = value, text.utf8.first != UInt8(ascii: "P"),
          text.utf8.first != UInt8(ascii: "-")
        {
          continue
        }
        guard let content = contents[key] else { continue }
        try check(value, content, key)
      }
    case .array(let items):
      for item in items { try check(item) }
    default: break
    }
  }

  private static func check(
    _ value: JSONValue, _ content: Content, _ key: String
  ) throws(JournalProblem) {
    switch (content, value) {
    case (.number, .integer(let number)):
      guard range.contains(number) else { throw .number(key, "\(number)") }
    case (.told, .integer(let number)):
      guard (-range.upperBound...range.upperBound).contains(number) else {
        throw .number(key, "\(number)")
      }
    case (.number, .number(let number)), (.told, .number(let number)):
      throw .number(key, "\(number)")
    // The records that a snapshot keeps, and process groups.
    case (.number, .array(let items)):
      for item in items {
        if case .object = item { try check(item) } else { try check(item, .number, key) }
      }
    case (.duration, .string(let text)):
      guard let duration = DurationText.parse(iso: text) else { break }
      guard clamped(duration) == duration else { throw .number(key, text) }
    // A limit of a budget.
    case (.members, _), (.duration, .object): try check(value)
    case (.names(let levels, let areNumbers), .object(let members)):
      for (name, value) in members {
        if levels > 1 {
          try check(value, .names(levels: levels - 1, areNumbers: areNumbers), key)
        } else if areNumbers {
          try check(value, .number, name)
        } else {
          try check(value)
        }
      }
    default: break
    }
  }
}
