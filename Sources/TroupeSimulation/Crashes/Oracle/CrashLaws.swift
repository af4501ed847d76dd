import TroupePlan
import TroupeRuntime

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What holds in every journal whatever happened, looked at record by record.
///
/// It knows what a journal means, and nothing of how the engine goes about it.
struct CrashLaws {
  private enum Ending { case live, finished, failed, gaveUp }

  /// What may still be said of a step that has ended: of the whole run, and of work given up.
  private static let anyTime: Set = [
    "stale", "lingering", "resumed", "stopped", "ended", "received", "unconsumed", "returned",
    "compensating",
  ]

  let plan: Plan
  let nodes: AddressReader
  private(set) var problems: [String] = []

  private var attempts: [CrashJournal.AttemptID: Ending] = [:]
  private var latest: [String: Int] = [:]
  private var keys: [String: JSONValue] = [:]
  private var takes: [String: String] = [:]
  private var reads: [String: JSONValue] = [:]
  private var failures: [String: Int] = [:]
  private var finishes: Set<Int> = []
  private var done: Set<String> = []
  private var open: Set<String> = []
  private var waiting: Set<String> = []
  private var closed: [String: String] = [:]
  private var signals: [Int: Bool] = [:]
  private var decided: Set<String> = []
  private var rounds: [String: Int] = [:]
  private var due: [String: (instant: Date, armed: Date)] = [:]
  private var resumed = Date.distantPast
  private var isOver = false
  private var undoing: CrashUndoing
  private var budgets: CrashBudgets

  init(_ journal: CrashJournal, _ plan: Plan) {
    self.plan = plan
    nodes = AddressReader(plan)
    undoing = CrashUndoing(plan, nodes)
    budgets = CrashBudgets(plan)
    for (index, record) in journal.records.enumerated() {
      if record.sequence != index + 1 { report(record, "is number \(record.sequence)") }
      if isOver { report(record, "comes after the end") }
      if (record.type == "accepted") != (index == 0) { report(record, "is at the wrong place") }
      take(record)
      for problem in undoing.problems(with: record) { report(record, problem) }
      if let problem = budgets.problem(with: record) { report(record, problem) }
    }
  }

  private mutating func report(_ record: JournalRecord, _ problem: String) {
    problems.append(
      "record \(record.sequence) ('\(record.type)' of '\(record.address)') \(problem)")
  }

  private mutating func take(_ record: JournalRecord) {
    let place = record.address
    let step =
      place.contains("/@compensation")
      ? closed[place].map { _ in place } : Self.enclosing(place, { closed[$0] != nil })
    if !Self.anyTime.contains(record.type), let step {
      report(record, "comes after '\(step)' was closed")
    }
    switch record.type {
    case "started": start(record)
    case "finished", "failed", "gaveUp", "stale": end(record)
    case "opened":
      arm(record, RecordReader(record.members).date("due"))
      if !open.insert(place).inserted { report(record, "is the second one") }
    case "closed":
      if open.remove(place) == nil, !waiting.contains(place) { report(record, "was not open") }
      closed[place] = record.text("ending")
      // What a container gave came to be by its end.
      if record.text("ending") == "completed" { finishes.insert(record.sequence) }
    case "judged":
      // What was rejected may be waived by a ladder.
      let waiver = record.text("then") == "waive" ? " waived" : ""
      once(record, "\(record.take) \(record.text("gate"))\(waiver)")
      if record.number("nextTake") > 1 + reworks(place) { report(record, "allows one more take") }
    case "chose", "fannedOut", "fellBack", "escalated", "aborted": once(record, "")
    case "reached", "resolved":
      once(record, "\(record.number("rung"))")
      // Those who are asked read what happened, and what somebody supplies came to be by that.
      finishes.insert(record.sequence)
    case "examined": examine(record)
    case "answered": once(record, record.text("request"))
    case "waiting":
      arm(record, RecordReader(record.members).date("until"))
      if !waiting.insert(place).inserted { report(record, "is the second one") }
    case "received":
      once(record, record.text("id"))
      signals[record.sequence] = false
    case "consumed":
      if signals.updateValue(true, forKey: record.number("signal")) != false {
        report(record, "takes what was not there to be taken")
      }
      finishes.insert(record.sequence)
    case "returned":
      if signals.updateValue(false, forKey: record.number("signal")) != true {
        report(record, "gives back what was not taken")
      }
    case "considered": once(record, "\(record.number("element"))")
    case "wentRound":
      let round = record.number("round")
      if round != rounds[place, default: 0] + 1 { report(record, "is round \(round)") }
      if case .repeat(let loop)? = node(place)?.kind, round > loop.limit {
        report(record, "is one round too many")
      }
      rounds[place] = round
    case "stopped" where ["failure", "inDoubt"].contains(record.text("because")): pardon()
    case "expired":
      once(record, "\(record.text("limit")) \(record.take)")
      if record.text("limit") == "deadline" { check(record) }
    case "exhausted": once(record, "\(record.number("rung"))")
    case "passed": check(record)
    case "resumed": resumed = record.at
    case "ended": isOver = true
    default: break
    }
  }

  private mutating func start(_ record: JournalRecord) {
    let (id, take) = (record.attemptID, "\(record.address)\n\(record.take)")
    if id.attempt <= latest[take, default: 0] { report(record, "has the number of an earlier one") }
    if done.contains(take) { report(record, "starts what is finished") }
    latest[take] = id.attempt
    attempts[id] = .live
    let key = record.text("key")
    if key.isEmpty { report(record, "has no key") }
    // What a ladder has done again after a failure keeps its key.
    let mayRepeat = node(record.address)?.policies.escalation != nil
    let work = mayRepeat ? record.address : take
    if let other = takes.updateValue(work, forKey: key), other != work {
      report(record, "has a key that belongs to other work")
    }
    if let before = keys.updateValue(.string(key), forKey: take), before != .string(key) {
      report(record, "has another key than the attempt before")
    }
    let read = record.members["reads"] ?? .null
    if let before = reads.updateValue(read, forKey: take), before != read {
      report(record, "reads other versions than the attempt before")
    }
    if case .object(let versions) = read {
      for case .integer(let version) in versions.values
      where version > 1 && !finishes.contains(version) {
        report(record, "reads version \(version), which no finish explains")
      }
    }
    if failures["\(take)\n\(record.text("member"))", default: 0] >= allowed(record.address) {
      report(record, "is one attempt more than allowed")
    }
  }

  private mutating func end(_ record: JournalRecord) {
    let (id, take) = (record.attemptID, "\(record.address)\n\(record.take)")
    let member = "\(take)\n\(record.text("member"))"
    let ending = attempts[id]
    switch record.type {
    case "stale":
      if ending != .gaveUp { report(record, "was not given up before") }
    // A prompt may fail before anything was started.
    case "failed" where ending == nil:
      (attempts[id], latest[take]) = (.failed, id.attempt)
      failures[member, default: 0] += 1
    default:
      if ending != .live { report(record, "ends what is not under way") }
      if record.type == "finished" {
        attempts[id] = .finished
        finishes.insert(record.sequence)
        if !done.insert(take).inserted { report(record, "is the second finish") }
      } else {
        attempts[id] = record.type == "failed" ? .failed : .gaveUp
        if record.type == "failed" || record.text("because") == "timedOut" {
          failures[member, default: 0] += 1
        }
      }
    }
  }

  private mutating func examine(_ record: JournalRecord) {
    let take = "\(record.address)\n\(record.take)"
    if attempts[record.attemptID] == nil { report(record, "is about what was not begun") }
    guard record.text("found") == "finished" else { return }
    finishes.insert(record.sequence)
    if !done.insert(take).inserted { report(record, "is the second finish") }
  }

  /// What failed may be done again when a run goes on that had stopped for it.
  private mutating func pardon() {
    for (place, ending) in closed where ending != "completed" { closed[place] = nil }
    failures = [:]
    decided = decided.filter { !$0.hasPrefix("exhausted\n") }
  }

  private mutating func arm(_ record: JournalRecord, _ instant: Date?) {
    due[record.address] = instant.map { ($0, record.at) }
  }

  /// Nothing passes before its instant, nor much later while somebody is there to see it.
  private mutating func check(_ record: JournalRecord) {
    guard let (instant, armed) = due[record.address] else { return }
    if record.at < instant { report(record, "comes before its instant, \(instant)") }
    if record.at.timeIntervalSince(max(instant, armed, resumed)) > 61 {
      report(record, "comes long after its instant, \(instant)")
    }
  }

  private mutating func once(_ record: JournalRecord, _ what: String) {
    if !decided.insert("\(record.type)\n\(record.address)\n\(what)").inserted {
      report(record, "is the second one")
    }
  }

  /// The first step that a place is, or is in, of which something holds.
  static func enclosing(_ place: String, _ holds: (String) -> Bool) -> String? {
    if holds(place) { return place }
    var end = place.endIndex
    while let cut = place[..<end].lastIndex(where: { $0 == "/" || $0 == "~" }) {
      end = cut
      let step = String(place[..<end])
      if holds(step) { return step }
    }
    return nil
  }

  private func node(_ place: String) -> Node? { nodes.address(place).map { plan.nodes[$0.node] } }

  private func allowed(_ place: String) -> Int { node(place)?.policies.retry?.attempts ?? 1 }

  /// How many takes there may be beside the first.
  private func reworks(_ place: String) -> Int {
    (node(place)?.policies.gates ?? []).reduce(0) { sum, gate in
      if case .rework(let limit, _) = gate.otherwise { sum + limit } else { sum }
    }
  }
}
