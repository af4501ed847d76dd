import TroupePlan
import TroupeRuntime

/// Says what everybody waits for in a run that cannot go on.
enum StuckReport {
  /// One line for each attempt that has not ended, and for each stage that waits for a member.
  static func lines(_ log: EventLog, _ program: Program) -> [String] {
    let unended = log.unended(program.traits)
    var queued: [String: (address: Address, role: String)] = [:]
    for event in log.events {
      switch event.kind {
      case .queued(let role): queued["\(event.address)"] = (event.address, role)
      case .started, .closed: queued["\(event.address)"] = nil
      default: break
      }
    }
    let waiting = queued.values.sorted { $0.address.node < $1.address.node }
    return unended.map { address, attempt in
      let by = attempt.member.map { " by '\($0)'" } ?? ""
      return "'\(address)'\(by) has started and waits for something that never comes"
    }
      + waiting.map { address, role in
        let busy = unended.filter { program.plan.nodes[$0.0.node].role == role }
          .compactMap(\.1.member)
        let whom = busy.isEmpty ? "" : ": '\(busy.joined(separator: "', '"))' is busy"
        return "'\(address)' waits for a member who plays '\(role)'\(whom)"
      }
  }
}
