import TroupePlan
import TroupeRuntime

/// What holds of budgets in every journal: whatever crashes have left in doubt is charged, and
/// nothing starts for which there is no room. So no budget is overdrawn by more than was at work.
struct CrashBudgets {
  private struct Sum {
    var cost = 0.0
    var tokens = 0
    var attempts = 0
  }

  private let plan: Plan
  private let nodes: AddressReader
  private let limits: [Int: Budget]
  /// What is charged, by the addresses of the steps with budgets.
  private var charged: [String: Sum] = [:]
  /// What had been charged when a ladder let the budget begin anew.
  private var before: [String: Sum] = [:]
  /// What attempts are charged that have not said what they used.
  private var reserved: [CrashJournal.AttemptID: Sum] = [:]

  init(_ plan: Plan) {
    self.plan = plan
    nodes = AddressReader(plan)
    limits = Dictionary(
      uniqueKeysWithValues: plan.nodes.compactMap { node in
        node.policies.budget.map { (node.id, $0) }
      })
  }

  /// Takes in a record, and says what is wrong with it.
  mutating func problem(with record: JournalRecord) -> String? {
    guard !limits.isEmpty else { return nil }
    switch record.type {
    case "started": return start(record)
    case "finished", "failed", "stale":
      let used = Self.sum(record.members["usage"])
      guard let old = reserved[record.attemptID] else { return nil }
      var new = Sum(cost: used.cost, tokens: used.inputs, attempts: 1)
      if record.members["unreported"] == .bool(true) {
        new.cost = max(new.cost, old.cost)
        new.tokens = max(new.tokens, old.tokens)
      }
      reserved[record.attemptID] = new
      for place in places(around: record.address) {
        charged[place, default: Sum()].cost += new.cost - old.cost
        charged[place, default: Sum()].tokens += new.tokens - old.tokens
      }
      return nil
    case "reached", "resolved":
      guard let spent = record.members["spent"] else { return nil }
      let reader = RecordReader(spent)
      before[record.address] = Sum(
        cost: reader.number("cost"), tokens: reader.integer("tokens"),
        attempts: reader.integer("attempts"))
      return nil
    default: return nil
    }
  }

  private mutating func start(_ record: JournalRecord) -> String? {
    let reader = RecordReader(record.members["reserved"] ?? [:])
    let claim = Sum(cost: reader.number("cost"), tokens: reader.integer("tokens"), attempts: 1)
    // Agents may use what nobody estimated; code and people do not.
    let isOpenEnded =
      record.members["member"] != nil && record.members["asks"] != .bool(true)
    reserved[record.attemptID] = claim
    var problem: String?
    for place in places(around: record.address) {
      let past = charged[place] ?? Sum()
      let base = before[place] ?? Sum()
      let now = Sum(
        cost: past.cost + claim.cost, tokens: past.tokens + claim.tokens,
        attempts: past.attempts + 1)
      charged[place] = now
      guard let node = nodes.address(place)?.node else { continue }
      for limit in limits[node]?.amounts ?? [] {
        let isOver =
          switch limit {
          case .cost(let cost):
            claim.cost > 0
              ? now.cost - base.cost > cost + 1e-9
              : isOpenEnded && past.cost - base.cost >= cost
          case .tokens(let tokens):
            claim.tokens > 0
              ? now.tokens - base.tokens > tokens
              : isOpenEnded && past.tokens - base.tokens >= tokens
          case .attempts(let attempts): now.attempts - base.attempts > attempts
          case .time: false
          }
        // Who undoes something may overdraw.
        if isOver, !record.address.contains("@compensation") {
          problem = "starts although '\(place)' has used up its budget of \(limit)"
        }
      }
    }
    return problem
  }

  private static func sum(_ usage: JSONValue?) -> (cost: Double, inputs: Int) {
    let reader = RecordReader(usage ?? [:])
    return (
      reader.number("cost"), reader.integer("inputTokens") + reader.integer("outputTokens")
    )
  }

  /// The steps with budgets in which an address is, itself among them.
  private func places(around address: String) -> [String] {
    var places: [String] = []
    var ends = address.indices.filter { address[$0] == "/" || address[$0] == "~" }
    ends.append(address.endIndex)
    for end in ends {
      let place = String(address[..<end])
      // A round, an element or a take of the step is inside of it.
      let last = place.split(separator: "/").last ?? ""
      guard !last.contains("~"), !last.hasSuffix("]"), let node = nodes.address(place)?.node,
        limits[node] != nil
      else { continue }
      places.append(place)
    }
    return places
  }
}
