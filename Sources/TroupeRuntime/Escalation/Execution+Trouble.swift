import TroupePlan

/// What those are told and may decide who are asked about a step.
extension Execution {
  /// What may be decided about a step.
  func terms(of ladder: Ladder, otherwise: String) -> Questions.Terms {
    let outputs = program.outputs(of: ladder.id)
    var decisions: [Resolution.Decision] = []
    if mayBeDoneAgain(ladder) { decisions.append(.retry) }
    if outputs != nil { decisions.append(.supply) }
    if ladder.production.writes != nil, ladder.production.gate != nil { decisions.append(.accept) }
    decisions.append(.abort)
    return Questions.Terms(
      step: ladder.address.description, decisions: decisions, outputs: outputs ?? [],
      wrote: (outputs ?? []).compactMap { output in
        ladder.production.writes?.version(of: output.slot).map { (output.name, $0.record) }
      },
      otherwise: otherwise)
  }

  /// Whether doing the step again does nothing twice that may be done only once.
  private func mayBeDoneAgain(_ ladder: Ladder) -> Bool {
    if ladder.failure.isInDoubt, !ladder.isAboutOwnDoubt { return false }
    let node = plan.nodes[ladder.id]
    if node.kind == .stage {
      return node.policies.occurrence != .atMostOnce || ladder.production.writes == nil
    }
    var isOnce = false
    func look(_ id: Int) {
      if plan.nodes[id].policies.occurrence == .atMostOnce { isOnce = true }
      plan.nodes[id].forEachPart { look($0) }
    }
    for child in node.children { look(child) }
    return !isOnce
  }

  func trouble(_ ladder: Ladder, _ terms: Questions.Terms) -> Trouble {
    Trouble(
      step: terms.step, trigger: ladder.trigger.words,
      reason: ladder.failure.whereAndWhy, output: output(of: ladder, terms),
      decisions: terms.decisions, otherwise: terms.otherwise)
  }

  /// What the step wrote last, as JSON.
  private func output(of ladder: Ladder, _ terms: Questions.Terms) -> JSONValue? {
    guard let writes = ladder.production.writes else { return nil }
    var members: [String: JSONValue] = [:]
    for output in terms.outputs {
      guard let value = writes.version(of: output.slot)?.value,
        let json = try? output.type.encode(value)
      else { continue }
      if terms.outputs.count == 1 { return json }
      members[output.name] = json
    }
    return members.isEmpty ? nil : .object(members)
  }
}
