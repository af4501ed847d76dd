import TroupePlan
import TroupeRuntime

/// Says what everybody waits for in a run at some moment.
struct StuckReport {
  private let unended: [(address: Address, attempt: Event.Attempt)]
  private var queued: [(address: Address, role: Role.ID)] = []
  /// The waits for signals that have not ended, by their addresses.
  private var waits: [(address: String, signal: String)] = []
  /// The innermost steps that have begun and not ended, in which nobody is at work or waits.
  private var open: [Address] = []
  private let team: Team?

  init(_ log: EventLog, _ program: Program, team: Team?) {
    self.team = team
    unended = log.unended(program.traits).map { (address: $0.0, attempt: $0.1) }
    var waiting: [String: (address: Address, role: Role.ID)] = [:]
    var steps: [String: Address] = [:]
    var signals: [String: String] = [:]
    for event in log.events {
      let place = event.address.description
      switch event.kind {
      case .queued(let role): waiting[place] = (event.address, role)
      case .started: waiting[place] = nil
      case .opened: steps[place] = event.address
      case .waiting(let signal, _): signals[place] = signal
      case .consumed, .passed: signals[place] = nil
      case .closed: (waiting[place], steps[place], signals[place]) = (nil, nil, nil)
      default: break
      }
    }
    waits = signals.sorted { $0.key < $1.key }.map { (address: $0.key, signal: $0.value) }
    queued = waiting.sorted { $0.key < $1.key }.map(\.value)
    let places =
      unended.map(\.address.description) + queued.map(\.address.description)
      + steps.keys.map { $0 } + signals.keys.map { $0 }
    open = steps.sorted { $0.key < $1.key }.filter { step in
      !places.contains { $0 != step.key && Self.isInside($0, step.key) }
        && !unended.contains { $0.address.description == step.key }
        && waiting[step.key] == nil && signals[step.key] == nil
    }
    .map(\.value)
  }

  /// One line for each attempt that has not ended, for each stage that waits for a member, and for
  /// each step in which a closure is at work.
  var lines: [String] {
    unended.map { address, attempt in
      let by = attempt.member.map { " by '\($0)'" } ?? ""
      return "'\(address)'\(by) has started and waits for something that never comes"
    }
      + queued.map { address, role in
        let able = team?.members.filter { $0.plays(role) }.map(\.name) ?? []
        let busy = unended.compactMap(\.attempt.member).filter { able.contains($0) }
        let whom = busy.isEmpty ? "" : ": '\(busy.joined(separator: "', '"))' is busy"
        return "'\(address)' waits for a member who plays '\(role)'\(whom)"
      }
      + waits.map { "'\($0.address)' waits for signal '\($0.signal)', and no 'Send(…)' is left" }
      + open.map { "'\($0)' waits in a gate, a condition or a prompt" }
  }

  /// The places where something is under way.
  var places: [String] {
    (unended.map(\.address) + open).map { "'\($0)'" }
  }

  /// Whether an address stands in another one, in one of its rounds, elements or takes.
  private static func isInside(_ inner: String, _ outer: String) -> Bool {
    inner.hasPrefix("\(outer)/") || inner.hasPrefix("\(outer)~")
  }
}
