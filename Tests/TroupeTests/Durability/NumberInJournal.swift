import Troupe
import TroupePlan

@testable import TroupeRuntime

/// A number in one of the records of a journal.
struct NumberInJournal: CustomStringConvertible {
  /// The index of the record.
  let index: Int
  /// The members and elements in which it is, from the outside in.
  let path: [String]
  let type: String

  var description: String { "\(type)/\(path.joined(separator: "/"))" }

  /// The same for all that are the same in other records.
  private var kind: String {
    "\(type)/\(path.filter { Int($0) == nil }.joined(separator: "/"))"
  }

  /// Whether it is in a value of a user's, which may be any number.
  var isUsers: Bool {
    !Set(["output", "input", "inputs", "value", "payload", "prompt", "score", "cost", "parameters"])
      .isDisjoint(with: path)
  }

  /// Whether it is one that an agent has told, and may be this.
  func isTold(as number: Int) -> Bool {
    number == -1 && ["inputTokens", "outputTokens", "tokens"].contains(path.last)
  }

  /// The first and the last of all that are of one kind.
  static func all(in records: [JournalRecord]) -> [NumberInJournal] {
    var first: [String: NumberInJournal] = [:]
    var last: [String: NumberInJournal] = [:]
    for (index, record) in records.enumerated() {
      for path in paths(in: record.members) {
        guard let key = path.first, !["crc", "seq", "durable", "batch", "at"].contains(key) else {
          continue
        }
        let number = NumberInJournal(index: index, path: path, type: record.type)
        first[number.kind] = first[number.kind] ?? number
        last[number.kind] = number
      }
    }
    return first.keys.sorted().flatMap { key in
      let ends = [first[key], last[key]].compactMap(\.self)
      return ends.prefix(ends.first?.path == ends.last?.path ? 1 : 2)
    }
  }

  private static func paths(in json: JSONValue) -> [[String]] {
    switch json {
    case .integer: [[]]
    case .object(let members):
      members.sorted { $0.key < $1.key }.flatMap { key, value in
        paths(in: value).map { [key] + $0 }
      }
    case .array(let items):
      items.enumerated().flatMap { index, value in paths(in: value).map { ["\(index)"] + $0 } }
    default: []
    }
  }

  /// The journal with another number in this place, each record with the checksum that fits.
  func journal(_ records: [JournalRecord], setting number: Int) -> [UInt8] {
    records.enumerated().flatMap { index, record in
      guard index == self.index else { return record.line }
      return JournalRecord(
        sequence: record.sequence, at: record.at,
        members: Self.setting(number, at: path[...], of: record.members)
      ).line
    }
  }

  private static func setting(
    _ number: Int, at path: ArraySlice<String>, of json: JSONValue
  ) -> JSONValue {
    guard let key = path.first else { return .integer(number) }
    switch json {
    case .object(var members):
      members[key] = setting(number, at: path.dropFirst(), of: members[key] ?? .null)
      return .object(members)
    case .array(var items):
      if let index = Int(key) {
        items[index] = setting(number, at: path.dropFirst(), of: items[index])
      }
      return .array(items)
    default: return json
    }
  }
}
