package import TroupePlan

extension Team {
  /// What is worth knowing of a team and a plan and keeps no run from starting: that people are
  /// asked for something without a limit, so that a run may wait for ever.
  package func notes(for plan: Plan) -> [String] {
    var isLimited = Array(repeating: false, count: plan.nodes.count)
    var notes: [String] = []
    // Parents come before what is in them.
    for node in plan.nodes {
      if node.policies.timeout != nil || node.policies.deadline != nil { isLimited[node.id] = true }
      let isOwn = isLimited[node.id]
      node.forEachPart { if isOwn { isLimited[$0] = true } }
      guard !isOwn, node.kind == .stage, let role = node.role,
        let person = members.first(where: { $0.isPerson && $0.plays(role) }),
        plan.questioned(by: node.id) == nil
      else { continue }
      let remedy = node.path.isReview ? "within: .hours(24)" : ".timeout(.hours(24))"
      notes.append(
        "'\(node.path)' asks '\(person.name)', a person, without a deadline; "
          + "say how long it may wait, '\(remedy)', unless waiting for ever is meant")
    }
    return notes
  }
}
