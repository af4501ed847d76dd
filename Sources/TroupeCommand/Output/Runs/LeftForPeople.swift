import TroupePlan
import TroupeRuntime

/// What a run leaves to people: what is in doubt, and what could not be undone.
struct LeftForPeople: Sendable {
  let doubts: [String]
  let uncompensated: [Uncompensated]

  private init(_ doubts: [String], _ uncompensated: [Uncompensated]) {
    self.doubts = doubts
    self.uncompensated = uncompensated
  }

  init(_ history: RunHistory) {
    self.init(history.doubts, history.uncompensated)
  }

  /// What a run in a list leaves.
  init(_ run: StoredRun, in place: StorePlace) async {
    if let history = try? await place.store.historyOfWhatIsLeft(by: run) {
      self.init(history)
    } else {
      self.init(run.doubts, run.uncompensated)
    }
  }

  /// As members of an object; none where there is nothing.
  var json: [String: JSONValue] {
    var members: [String: JSONValue] = [:]
    if !doubts.isEmpty { members["doubts"] = .array(doubts.map { .string($0) }) }
    if !uncompensated.isEmpty { members["uncompensated"] = .array(uncompensated.map(\.json)) }
    return members
  }

  /// A line for each, about a run.
  func lines(of run: String) -> String {
    let words =
      doubts.map { "is in doubt about \(DoubtText.words($0))" }
      + uncompensated.map { "leaves something to see to: \($0)" }
    return words.map { "run \(Printable.line(run)) \(Printable.line($0))\n" }.joined()
  }
}
