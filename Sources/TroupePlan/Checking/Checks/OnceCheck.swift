/// Finds gates and ladders that would have a stage done again that may run at most once.
///
/// The rounds of a loop and the elements of a fan-out are instances of their own, each with one run
/// of the stage; a rework does the same instance again.
enum OnceCheck {
  static func problems(in nodes: [Node], _ shape: PlanShape) -> [Problem] {
    var problems: [Problem] = []
    for stage in nodes.withPolicies where nodes[stage].policies.occurrence == .atMostOnce {
      var (child, current): (Int?, Int?) = (nil, stage)
      while let id = current {
        // A fallback or a rung runs once, and its step's gates do not have it done again.
        if child.map({ !nodes[id].hasAside($0) }) ?? true {
          for (index, gate) in nodes[id].policies.gates.enumerated() {
            guard case .rework = gate.otherwise else { continue }
            problems.append(.redoesOnce(stage: stage, node: id, gate: index))
          }
          for (index, rule) in (nodes[id].policies.escalation?.rules ?? []).enumerated()
          where rule.doesAgain && (id != stage || rule.triggers != [.inDoubt]) {
            problems.append(.escalatesOnce(stage: stage, node: id, rule: index))
          }
        }
        (child, current) = (id, shape.parent(of: id))
      }
    }
    return problems
  }
}

extension Escalation.Rule {
  /// Whether a rung has the step done again without anybody having looked.
  fileprivate var doesAgain: Bool {
    rungs.contains { rung in
      switch rung {
      case .retry, .reassign: true
      case .ask, .notify, .fallback, .abort: false
      }
    }
  }
}
