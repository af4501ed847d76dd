extension Node {
  /// How messages name the node: `stage 'draft'`, `branch 'small'`, `the parallel`.
  ///
  /// - Parameter parent: The node that it stands in.
  package func label(in parent: Node?) -> String {
    guard let parent else { return "workflow '\(name)'" }
    if parent.fallback == id { return "the fallback of \(parent.label(in: parent))" }
    if let gate = parent.gate(reviewedBy: id) { return "the review of gate '\(gate.name)'" }
    if let number = parent.policies.escalation?.number(of: id) {
      return "rung \(number) of the escalation"
    }
    if parent.isCompensation(id) { return "the compensation of \(parent.label(in: parent))" }
    let word = word(in: parent)
    return name == kind.name ? "the \(word)" : "\(word) '\(name)'"
  }

  /// What the node is called where workflows are written: `stage`, `effect`, `phase`, `branch` …
  ///
  /// - Parameter parent: The node that it stands in.
  package func word(in parent: Node) -> String {
    if parent.gate(reviewedBy: id) != nil { return "review" }
    if parent.isQuestion(id) { return "question" }
    if parent.isCompensation(id) { return "compensation" }
    switch kind {
    case .stage where role == nil && writes.isEmpty: return "effect"
    case .sequence:
      if case .choose = parent.kind { return "branch" }
      return parent.isStandIn(id) ? "fallback" : "phase"
    default: return kind.name
    }
  }
}
