import TroupeLanguage
import TroupePlan
import TroupeRuntime

/// Which stub answers for which node of a plan.
struct StubTable: Sendable {
  /// A stub without its workflow's type.
  struct Entry: Sendable {
    let name: String
    let answer: StubAnswer
    let timing: Timing?
    let faults: [PlannedFault]
    let location: SourceLocation
    /// What each answer uses up.
    var usage = Usage()
  }

  var entries: [Entry] = []
  var byNode: [Int: Int] = [:]
  /// Whether a stage takes the same time and has the same faults whatever came before it in the
  /// run, so that runs of one seed can be compared although their order differs.
  var isSteady = false
  /// The nodes that answer with an example because they have no stub.
  var exampleNodes: Set<Int> = []
  /// The stages of roles of which neither a stub nor an estimate says how many tokens they take.
  var uncountedNodes: Set<Int> = []
  /// The signals that are sent, with the entries that stand for them.
  var sendings: [(entry: Int, sending: Sending)] = []

  /// The number of the stub that answers for a node.
  func index(of node: Int) -> Int? { byNode[node] }

  /// The table of no stubs.
  init() {}

  /// - Parameter team: Those who do the work of stages without a stub; people never do.
  /// - Throws: `StubMistakes` if a stub fits no stage, or a stage that needs one has none.
  init<Work: Workflow>(
    _ stubs: [Stub<Work>], for workflow: Work, _ program: Program, team: Team?
  ) throws(StubMistakes) {
    let finder = StageFinder(program, workflow)
    var mistakes: [String] = []
    var general: [(entry: Int, role: Role.ID?)] = []
    for stub in stubs {
      let index = entries.count
      let name: String
      switch stub.target {
      case .role(let role):
        name = "Stub(Role(\"\(role)\"))"
        if !program.plan.nodes.contains(where: { $0.role == role }) {
          mistakes.append(
            "\(stub.location.shown): error: no stage is done by the role '\(role)'"
              + Self.hint(role, program.plan.roles.map(\.id)))
        }
        general.append((index, role))
      case .everything:
        name = "Stub.examples()"
        general.append((index, nil))
      case .artifact(let artifact, let type):
        let artifact = artifact(workflow)
        name = "Stub(\(finder.keyPath(of: artifact)))"
        assign(finder.stage(writing: artifact), type, stub.location, index, finder, &mistakes)
      case .path(let path, let type):
        name = "Stub(\"\(path)\")"
        assign(finder.stage(at: path), type, stub.location, index, finder, &mistakes)
      case .signal(let sending):
        name = "Send(…) of signal '\(sending.signal)'"
        mistakes += Self.problems(of: stub, sending, program)
        sendings.append((index, sending))
      case .effect(let path):
        name = "Stub(effect: \"\(path)\")"
        assign(finder.effect(at: path), nil, stub.location, index, finder, &mistakes)
      }
      for problem in [stub.timing?.problem].compactMap(\.self) + stub.faults.compactMap(\.problem) {
        mistakes.append("\(stub.location.shown): error: \(name): \(problem)")
      }
      entries.append(
        Entry(
          name: name, answer: stub.answer, timing: stub.timing, faults: stub.faults,
          location: stub.location, usage: stub.usage))
    }
    for node in program.plan.nodes where node.role != nil && byNode[node.id] == nil {
      byNode[node.id] =
        (general.first { $0.role == node.role } ?? general.first { $0.role == nil })?.entry
      if byNode[node.id] == nil, !(team?.hasAgent(for: node.role) ?? false) {
        mistakes.append(
          "\(node.location.map { "\($0.shown): " } ?? "")error: stage '\(finder.short(node))' has "
            + "no stub\n  write one: \(finder.suggestion(for: node))")
      }
    }
    let everything = general.first { $0.role == nil }?.entry
    for node in program.plan.nodes where byNode[node.id] == nil {
      guard case .effect = program.bodies[node.id].work else { continue }
      byNode[node.id] = everything
      if everything == nil, team == nil {
        let place = node.location.map { "\($0.shown): " } ?? ""
        mistakes.append(
          "\(place)error: effect '\(finder.short(node))' has no stub, and would happen for real\n"
            + "  write one: Stub(effect: \"\(finder.short(node))\")")
      }
    }
    if !mistakes.isEmpty { throw StubMistakes(problems: mistakes) }
  }

  /// What is wrong with a signal that is to be sent.
  private static func problems<Work>(
    of stub: Stub<Work>, _ sending: Sending, _ program: Program
  ) -> [String] {
    var problems: [String] = []
    if let type = program.signals[sending.signal] {
      if type.type != sending.type.type {
        problems.append(
          "signal '\(sending.signal)' is sent with '\(sending.type.name)', and waited for with "
            + "'\(type.name)'")
      }
    } else {
      problems.append(
        "no step waits for signal '\(sending.signal)'"
          + hint(sending.signal, program.signals.keys.sorted()))
    }
    if let problem = sending.time.problem { problems.append(problem) }
    if stub.timing != nil || !stub.faults.isEmpty || stub.usage != Usage() {
      problems.append("a signal takes no time and has no faults; say when it comes with 'after:'")
    }
    return problems.map { "\(stub.location.shown): error: \($0)" }
  }

  private mutating func assign(
    _ found: StageFinder.Found, _ type: ValueType?, _ location: SourceLocation, _ index: Int,
    _ finder: StageFinder, _ mistakes: inout [String]
  ) {
    switch found {
    case .problem(let problem): mistakes.append("\(location.shown): error: \(problem)")
    case .stage(let node, let written):
      if let type, let written, written.type != type.type {
        mistakes.append(
          "\(location.shown): error: the stub gives '\(type.name)', stage '\(finder.short(node))' "
            + "writes '\(written.name)'")
      } else if let first = byNode.updateValue(index, forKey: node.id) {
        mistakes.append(
          "\(location.shown): error: stage '\(finder.short(node))' has a second stub, the first "
            + "at \(entries[first].location.shown)")
      }
    }
  }

  private static func hint(_ name: String, _ known: [String]) -> String {
    Nearest.match(name, in: known).map { "; did you mean '\($0)'?" } ?? ""
  }
}

extension Team {
  /// Whether a role is left to no person.
  fileprivate func hasAgent(for role: Role.ID?) -> Bool {
    !members.contains { member in member.isPerson && role.map(member.plays) ?? false }
  }
}

/// Stubs that fit no stage, or stages that have none: found before a simulation starts.
public struct StubMistakes: Error, Sendable, CustomStringConvertible {
  /// What is wrong, each with its place and what to do.
  public let problems: [String]

  /// All problems.
  public var description: String { problems.joined(separator: "\n") }
}
