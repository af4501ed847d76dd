import TroupePlan
import TroupeRuntime

/// What holds of compensations in every journal: nothing is undone that was not done and given up,
/// what was done last is undone first, and nothing that was given up is left when the run ends.
struct CrashUndoing {
  private struct Work {
    let began: Int
    var finished: Int?
    var isStale = false
    /// Whether its compensation has come to its end.
    var isUndone = false
  }

  private let plan: Plan
  private let nodes: AddressReader
  private let isNeeded: Bool
  private var works: [String: Work] = [:]
  private var marks: [(place: String, record: Int)] = []

  init(_ plan: Plan, _ nodes: AddressReader) {
    self.plan = plan
    self.nodes = nodes
    isNeeded = plan.nodes.contains { $0.compensation != nil }
  }

  /// Takes a record in, and says what is wrong with it.
  mutating func problems(with record: JournalRecord) -> [String] {
    guard isNeeded else { return [] }
    let place = record.address
    switch record.type {
    case "compensating": marks.append((place, record.sequence))
    case "ended" where record.text("outcome") != "completed": return left(given: place)
    case "ended": return left(given: nil)
    default:
      guard let node = nodes.address(place)?.node else { return [] }
      if plan.nodes[node].path.isCompensation { return undo(record, of: place) }
      if plan.nodes[node].compensation?.finished != nil { note(record) }
    }
    return []
  }

  private mutating func note(_ record: JournalRecord) {
    let take = record.number("keyTake") > 0 ? record.number("keyTake") : record.take
    let work = take > 1 ? "\(record.address)~\(take)" : record.address
    switch record.type {
    case "started" where works[work] == nil: works[work] = Work(began: record.sequence)
    case "finished":
      works[work]?.finished = record.sequence
      works[work]?.isStale = false
    case "stale" where record.members["done"] != nil && works[work]?.finished == nil:
      works[work]?.finished = record.sequence
      works[work]?.isStale = true
    default: break
    }
  }

  private mutating func undo(_ record: JournalRecord, of place: String) -> [String] {
    guard let cut = place.ranges(of: "/@compensation").last,
      place[cut.upperBound...].isEmpty
    else { return [] }
    let name = String(place[..<cut.lowerBound])
    guard let work = works[name], let finished = work.finished else {
      return ["undoes what was not done"]
    }
    let givenUp = marks.filter { Self.covers($0, name, work) }
    if givenUp.isEmpty { return ["undoes what was not given up"] }
    switch record.type {
    case "started" where work.isUndone: return ["is undone once more"]
    case "started":
      let later = works.filter { other, work in
        !work.isUndone && !work.isStale && (work.finished ?? 0) > finished
          && givenUp.contains { Self.covers($0, other, work) }
      }
      return later.keys.sorted().map { "comes before '\($0)' is undone, which was done later" }
    case "finished", "closed": works[name]?.isUndone = true
    case "failed" where record.members["last"] == .bool(true): works[name]?.isUndone = true
    default: break
    }
    return []
  }

  /// What was given up and not undone.
  private func left(given root: String?) -> [String] {
    var marks = marks
    if let root { marks.append((root, .max)) }
    let left = works.filter { name, work in
      work.finished != nil && !work.isUndone && marks.contains { Self.covers($0, name, work) }
    }
    return left.keys.sorted().map { "leaves '\($0)' as it was" }
  }

  private static func covers(
    _ mark: (place: String, record: Int), _ name: String, _ work: Work
  ) -> Bool {
    guard work.began < mark.record, name.hasPrefix(mark.place) else { return false }
    let rest = name.dropFirst(mark.place.count)
    return rest.isEmpty || rest.first == "/" || rest.first == "~"
  }
}
