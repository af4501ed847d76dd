import TroupePlan

/// Steps that have begun: they stay what they are.
extension PlanFitCheck {
  /// What keeps a step that has begun from being another one.
  func obstacles(to node: Node, becoming other: Node) -> [String] {
    guard node.kind.name == other.kind.name else {
      return ["it has begun as a \(node.kind.name), and stays one"]
    }
    var reasons = kindObstacles(to: node, becoming: other)
    if case .stage = node.kind {
      if node.role != other.role { reasons.append("it has begun, and is done by whom it was") }
      if node.reads != other.reads { reasons.append("it has begun, and reads what it did") }
    }
    if node.writes != other.writes { reasons.append("it has begun, and writes what it did") }
    if node.policies.gates != other.policies.gates {
      reasons.append(
        Self.differInReworksAlone(node, other)
          ? "it has begun, and its gates stay; raise the limit of its reworks instead"
          : "it has begun, and its gates stay as they are")
    }
    if node.policies.occurrence != other.policies.occurrence {
      reasons.append("it has begun, and stays '\(node.policies.occurrence.text)'")
    }
    if node.policies.compensation != other.policies.compensation {
      reasons.append("it has begun, and is undone as it was")
    }
    let hasEscalated = (visits.histories[node.id] ?? []).contains { $0.ladder != nil }
    if hasEscalated, node.policies.escalation != other.policies.escalation {
      reasons.append("its ladder has begun, and stays as it is")
    }
    return reasons
  }

  private static func differInReworksAlone(_ node: Node, _ other: Node) -> Bool {
    func bare(_ gates: [Gate]) -> [Gate] {
      gates.map { gate in
        var gate = gate
        if case .rework(_, let then) = gate.otherwise {
          gate.otherwise = .rework(upTo: 0, then: then)
        }
        return gate
      }
    }
    return bare(node.policies.gates) == bare(other.policies.gates)
  }

  private func kindObstacles(to node: Node, becoming other: Node) -> [String] {
    let histories = visits.histories[node.id] ?? []
    switch (node.kind, other.kind) {
    case (.choose, .choose(let choice)):
      return choiceObstacles(histories, choice, other)
    case (.repeat, .repeat(let repetition)):
      let rounds = visits.rounds[node.id] ?? 0
      return repetition.limit < rounds ? ["its round \(rounds) has begun"] : []
    case (.fanOut(let spread), .fanOut(var next)):
      if visits.sealed[node.id] == nil { next.tolerated = spread.tolerated }
      next.width = spread.width
      return spread == next && node.reads == other.reads
        ? [] : ["it has begun, and what it goes over and collects stays"]
    case (.call(let invocation), .call(var next)):
      next.version = invocation.version
      return invocation == next && node.reads == other.reads
        ? [] : ["the workflow that it calls has begun, with what it was given"]
    case (.wait(let waiting), .wait(let next)):
      return Self.isSame(waiting, next) ? [] : ["it waits already for what it does"]
    default: return []
    }
  }

  /// A choice that has been made is still possible, and one that was passed over still writes
  /// nothing.
  private func choiceObstacles(
    _ histories: [NodeHistory], _ choice: Node.Choice, _ other: Node
  ) -> [String] {
    var reasons: [String] = []
    let branches = Set(other.children.map { new.nodes[$0].name })
    let taken = Set(histories.compactMap { $0.choice ?? nil })
    for name in taken.sorted() where !branches.contains(name) {
      reasons.append("its branch '\(name)' was taken")
    }
    let wasPassed = histories.contains { history in
      if case .some(.none) = history.choice { true } else { false }
    }
    if wasPassed, choice.unmatched != .skip {
      reasons.append("it was passed over because nothing matched")
    }
    return reasons
  }

  private static func isSame(_ waiting: Node.Waiting, _ other: Node.Waiting) -> Bool {
    switch (waiting, other) {
    case (.signal(let signal), .signal(let next)):
      signal.name == next.name && signal.payload == next.payload
    case (.instant, .instant), (.span, .span): true
    default: false
    }
  }
}
