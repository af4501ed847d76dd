import TroupePlan
import TroupeRuntime

extension Program {
  /// The same program for a study, in which nobody sends signals: a wait for one is a stage of code
  /// that takes its time and gives an example of the payload, and its `within` is a timeout.
  ///
  /// - Parameter sent: The signals that are sent all the same.
  func withoutWaits(for sent: Set<String>) -> Program {
    guard signals.keys.contains(where: { !sent.contains($0) }) else { return self }
    var (plan, bodies) = (plan, bodies)
    for id in plan.nodes.indices {
      guard let signal = plan.nodes[id].awaited, !sent.contains(signal.name),
        case .signal(let payload) = bodies[id].work
      else { continue }
      plan.nodes[id].kind = .stage
      plan.nodes[id].policies.timeout = signal.within
      if plan.nodes[id].writes.isEmpty {
        bodies[id].work = .effect { _ in }
      } else {
        let example = payload.schema().schema.example()
        bodies[id].work = .code({ _ in try payload.decode(example) }, output: payload)
      }
    }
    return Program(
      plan: plan, diagnostics: diagnostics, input: input, output: output, bodies: bodies,
      layout: layout)
  }

  /// The same program, in which nothing is estimated for the stages that only people of a team do:
  /// they use up no tokens.
  func withoutEstimates(ofPeopleIn team: Team?) -> Program {
    guard let team else { return self }
    let people = plan.roles.map(\.id).filter { role in
      let players = team.members.filter { $0.plays(role) }
      return !players.isEmpty && players.allSatisfy(\.isPerson)
    }
    guard !people.isEmpty else { return self }
    var plan = plan
    for id in plan.nodes.indices where plan.nodes[id].role.map(people.contains) == true {
      plan.nodes[id].policies.estimate = Estimate()
    }
    return Program(
      plan: plan, diagnostics: diagnostics, input: input, output: output, bodies: bodies,
      layout: layout)
  }
}
