import Foundation
import Troupe

/// One figure at one size.
struct Result {
  enum Unit: String {
    case nanoseconds = "ns"
    case microseconds = "µs"
    case bytes = "bytes"
    case milliseconds = "ms"
    case percent = "%"
  }

  let name: String
  let size: Int
  let unit: Unit
  /// What the baseline costs for each unit of work, where there is one.
  let baseline: Double?
  /// What is measured for each unit of work.
  let measured: Double
  /// What is to hold: a ratio where there is a baseline, else a figure in the unit.
  let hold: Double?

  var ratio: Double? { baseline.map { measured / $0 } }
  var isOver: Bool { hold.map { (ratio ?? measured) > $0 } ?? false }

  static let heading =
    "figure            n   baseline   measured   ratio    hold\n"

  var row: String {
    func number(_ value: Double, _ width: Int, _ digits: Int) -> String {
      let text = String(format: "%.\(digits)f", value)
      return String(repeating: " ", count: max(0, width - text.count)) + text
    }
    let label = name.padding(toLength: 11, withPad: " ", startingAt: 0)
    let count = String(size)
    var row = label + String(repeating: " ", count: max(1, 8 - count.count)) + count
    let digits = [.milliseconds, .microseconds, .percent].contains(unit) ? 2 : 0
    row += baseline.map { number($0, 11, digits) } ?? "          –"
    row += number(measured, 11, digits)
    row += ratio.map { number($0, 8, 2) } ?? "       –"
    row += hold.map { number($0, 8, $0 < 1 ? 3 : 1) } ?? "       –"
    return row + " \(unit.rawValue)\(isOver ? "  over" : "")\n"
  }

  var json: JSONValue {
    var members: [String: JSONValue] = [
      "figure": .string(name), "n": .integer(size), "unit": .string(unit.rawValue),
      "measured": .number(measured), "over": .bool(isOver),
    ]
    if let baseline { members["baseline"] = .number(baseline) }
    if let ratio { members["ratio"] = .number(ratio) }
    if let hold { members["hold"] = .number(hold) }
    return .object(members)
  }
}
