/// Why a line of a journal is not the whole record that should stand there.
enum JournalProblem: Error, Hashable {
  /// The file ends before the line or its batch does.
  case ended
  /// There are zeros in the line, as in parts of a file that were never written.
  case zeros
  case checksum
  case form
  /// - Parameter expected: Which record should stand there.
  case order(found: Int, expected: Int)
  case batch(String)
  case durable(Int)
  case json(String)
  /// - Parameter key: The member of the record.
  case number(_ key: String, _ found: String)

  /// Whether a write that was interrupted can have left the line like this.
  var isTorn: Bool { self == .ended || self == .zeros }
}

extension JournalProblem: CustomStringConvertible {
  /// What is wrong, as a sentence without its end.
  var description: String {
    switch self {
    case .ended: "the file ends in the middle of a record or batch"
    case .zeros: "there are zeros where a record should be"
    case .checksum: "the checksum does not fit the record"
    case .form: "this is not a record"
    case .order(let found, let expected):
      "this is record \(found) where record \(expected) should be"
    case .batch(let what): what
    case .durable(let durable): "the record cannot know that record \(durable) is durable"
    case .json(let what): "the record is not JSON: \(what)"
    case .number(let key, let found): "'\(key)' cannot be \(found)"
    }
  }
}
