/// Finds what runs, but probably not as it was meant: artifacts nobody reads, choices that may
/// match nothing, rework that changes nothing.
enum HabitCheck {
  static func problems(in nodes: [Node], _ artifacts: ArtifactTable) -> [Problem] {
    var problems: [Problem] = []
    for slot in artifacts.names.indices
    where !artifacts.isUsed[slot] && artifacts.writers[slot] >= 0 {
      problems.append(.unread(writer: Int(artifacts.writers[slot]), slot: slot))
    }
    for id in nodes.indices {
      switch nodes[id].kind {
      case .choose(let choice):
        if choice.unmatched == .fail { problems.append(.unmatched(choice: id)) }
      case .stage
      where nodes[id].role == nil && !nodes[id].policies.gates.isEmpty
        && nodes[id].policies.occurrence != .atMostOnce:
        for (index, gate) in nodes[id].policies.gates.enumerated() {
          if case .rework = gate.otherwise {
            problems.append(.uselessRework(node: id, gate: index))
          }
        }
      default: break
      }
    }
    return problems
  }
}
