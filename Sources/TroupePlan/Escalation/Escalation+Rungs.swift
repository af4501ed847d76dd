extension Escalation {
  /// The rungs of all rules in the order in which they stand, with their numbers from 1 on.
  package var rungs: [(number: Int, rung: Rung)] {
    rules.flatMap(\.rungs).enumerated().map { ($0 + 1, $1) }
  }

  /// The nodes of the plan that are rungs, in order.
  package var nodes: [Int] { rungs.compactMap(\.rung.node) }

  /// The number of the rung that a node is.
  package func number(of node: Int) -> Int? { rungs.first { $0.rung.node == node }?.number }

  /// The rungs of a rule, with their numbers.
  package func rungs(of rule: Int) -> [(number: Int, rung: Rung)] {
    let before = rules[..<rule].reduce(0) { $0 + $1.rungs.count }
    return rules[rule].rungs.enumerated().map { (before + $0 + 1, $1) }
  }
}

extension Escalation.Rung {
  /// The node of the plan that the rung is, if it has one.
  package var node: Int? {
    switch self {
    case .ask(let node), .fallback(let node): node
    case .retry, .reassign, .notify, .abort: nil
    }
  }

  /// What the rung is called where workflows are written, in lower case.
  package var word: String {
    switch self {
    case .retry: "retry"
    case .reassign: "reassign"
    case .ask: "ask"
    case .notify: "notify"
    case .fallback: "fallback"
    case .abort: "abort"
    }
  }
}

extension Escalation.Trigger {
  /// `gateRejected`, `concern(security)`: how plans and journals write it.
  package var text: String {
    switch self {
    case .timeout: "timeout"
    case .failure: "failure"
    case .gateRejected: "gateRejected"
    case .noMember: "noMember"
    case .inDoubt: "inDoubt"
    case .budget: "budget"
    case .concern(let kind): "concern(\(kind.rawValue))"
    }
  }

  /// A trigger as plans and journals write it.
  package init?(text: String) {
    switch text {
    case "timeout": self = .timeout
    case "failure": self = .failure
    case "gateRejected": self = .gateRejected
    case "noMember": self = .noMember
    case "inDoubt": self = .inDoubt
    case "budget": self = .budget
    default:
      guard text.hasPrefix("concern("), text.hasSuffix(")") else { return nil }
      self = .concern(Concern.Kind(rawValue: String(text.dropFirst(8).dropLast())))
    }
  }

  /// `gate rejected`, `concern about security`: how people read it.
  package var words: String {
    switch self {
    case .timeout, .failure, .budget: text
    case .gateRejected: "gate rejected"
    case .noMember: "no member"
    case .inDoubt: "in doubt"
    case .concern(let kind): "concern about \(kind.rawValue)"
    }
  }
}

extension Plan {
  /// A rung in words: `ask managing-editor within 4 h`, `abort: nobody would sign it off`.
  package func text(of rung: Escalation.Rung) -> String {
    switch rung {
    case .retry: "retry"
    case .fallback(let node): "fallback\(limit(of: node))"
    case .reassign(let role): "reassign to \(role)"
    case .ask(let node): "ask \(nodes[node].role ?? "")\(limit(of: node))"
    case .notify(let name): "notify \(name)"
    case .abort(let reason): "abort: \(reason)"
    }
  }

  private func limit(of node: Int) -> String {
    nodes[node].policies.deadline.map { " within \(DurationText.short($0))" } ?? ""
  }

  /// A rule in words: `on timeout, gate rejected: ask managing-editor within 4 h → abort: …`.
  package func text(of rule: Escalation.Rule) -> String {
    "on \(rule.triggers.map(\.words).joined(separator: ", ")): "
      + rule.rungs.map { text(of: $0) }.joined(separator: " → ")
  }
}

extension Escalation {
  /// The sequence that a rung puts in the place of the step, if it does.
  package func standIn(_ number: Int) -> Int? {
    guard case .fallback(let node)? = rungs.first(where: { $0.number == number })?.rung else {
      return nil
    }
    return node
  }
}

extension Plan {
  /// The nodes of which a rule meets a trigger: their own, or that of a node around them.
  package func nodesEscalating(on trigger: Escalation.Trigger) -> Set<Int> {
    var met = Set(
      nodes.withPolicies.filter { id in
        nodes[id].policies.escalation?.rules.contains { $0.triggers.contains(trigger) } ?? false
      })
    guard !met.isEmpty else { return [] }
    // Parents come before what is in them.
    for node in nodes where met.contains(node.id) {
      let questions = node.rungs.filter(node.isQuestion)
      node.forEachPart { if !questions.contains($0) { met.insert($0) } }
    }
    return met
  }
}
