import TroupePlan

extension Team {
  /// Gates for whose reviews nobody is left but who certainly does the work that is reviewed.
  ///
  /// - Parameter escalating: The steps that say what is to be done where nobody is left.
  func independenceProblems(_ plan: Plan, sparing escalating: Set<Int>) -> [String] {
    plan.nodes.withPolicies.flatMap { id in
      let node = plan.nodes[id]
      return node.gates.compactMap { gate -> String? in
        guard let review = gate.review, review.isIndependent, !escalating.contains(node.id),
          let role = plan.reviewer(of: gate)
        else { return nil }
        let needed = review.quorum?.reviewers ?? 1
        let reviewers = names(playing: role)
        guard reviewers.count >= needed else { return nil }
        func isShort(without authors: Set<String>) -> Bool {
          reviewers.count { !authors.contains($0) } < needed
        }
        let isCertain: Bool
        if let own = node.role {
          let authors = names(playing: own)
          isCertain = !authors.isEmpty && authors.allSatisfy { isShort(without: [$0]) }
        } else {
          isCertain = isShort(without: certainWorkers(in: node, plan))
        }
        guard isCertain else { return nil }
        return
          "gate '\(gate.name)' of '\(node.path)' is reviewed by nobody who has made what is judged, "
          + "and of those who play the role '\(role)' too few are left; add another member who plays it"
      }
    }
  }

  private func names(playing role: Role.ID) -> [String] {
    members.filter { $0.plays(role) }.map(\.name)
  }

  /// The members who surely do some of the work of a container: the only ones who play a role of a
  /// stage that is always done.
  private func certainWorkers(in container: Node, _ plan: Plan) -> Set<String> {
    switch container.kind {
    case .sequence, .parallel, .dataflow, .call: break
    default: return []
    }
    return container.children.reduce(into: []) { workers, id in
      let child = plan.nodes[id]
      guard child.fallback == nil, child.policies.escalation == nil else { return }
      if let role = child.role {
        let players = names(playing: role)
        if players.count == 1 { workers.formUnion(players) }
      } else {
        workers.formUnion(certainWorkers(in: child, plan))
      }
    }
  }
}
