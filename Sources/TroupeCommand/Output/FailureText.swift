import TroupePlan
import TroupeRuntime

/// What failed in a run, as a compiler would print it.
enum FailureText {
  /// The lines, with a line end after each.
  static func of(_ error: any Error) -> String {
    switch error {
    case let failure as RunFailure:
      var lines = lines(failure.failure, indent: "")
      if !failure.achieved.isEmpty {
        let names = failure.achieved.keys.sorted().map(Printable.line)
        lines.append("  written before: \(Count.some(names, limit: 8))")
      }
      if failure.isCompensated {
        lines.append("  what it had done was undone, and the run has ended for good")
      }
      return lines.map { $0 + "\n" }.joined() + of(failure.uncompensated)
    case let mismatch as TeamMismatch:
      return mismatch.problems.map { "error: \(Printable.line($0))\n" }.joined()
    default:
      return "error: \(Printable.lines("\(error)"))\n"
    }
  }

  /// What a person has to see to, a line each.
  static func of(_ left: [Uncompensated]) -> String {
    left.map { "to see to: \(Printable.line($0.description))\n" }.joined()
  }

  private static func lines(_ failure: Failure, indent: String) -> [String] {
    let place = failure.location.map { "\($0.shown): " } ?? ""
    var reason = Printable.lines(failure.reason).split(
      separator: "\n", omittingEmptySubsequences: false)
    let head = reason.removeFirst()
    var lines = [
      "\(indent)\(Printable.line(place))error: \(Printable.quoted("\(failure.address)")) \(head)"
    ]
    lines += reason.map { "\(indent)  \($0)" }
    var detail: [String] = []
    if failure.take > 1 { detail.append("take \(failure.take)") }
    if failure.attempts > 1 { detail.append("attempt \(failure.attempts)") }
    if let member = failure.member { detail.append("member \(Printable.quoted(member))") }
    if !detail.isEmpty { lines.append("\(indent)  in \(detail.joined(separator: ", "))") }
    lines.append("\(indent)  \(failure.remedy)")
    let shown = failure.others.prefix(5)
    for other in shown { lines += self.lines(other, indent: indent + "  ") }
    let more = failure.others.count - shown.count
    if more > 0 { lines.append("\(indent)  and \(Count.of(more, "more failure"))") }
    return lines
  }
}
