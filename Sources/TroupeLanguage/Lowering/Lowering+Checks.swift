import TroupePlan

/// What can be told from a declaration alone, before the plan is looked at as a whole.
extension Lowering {
  mutating func checkWork(of declaration: Declaration, at id: Int) {
    for note in declaration.notes {
      switch note {
      case .otherwiseIsNotLast(let location):
        report(
          .error, "\(label(id)) has an 'Otherwise' before its last branch",
          remedy: "put 'Otherwise' last: nothing after it would ever be taken", at: id,
          location: location)
      case .writesGathered(let name):
        reportIncomplete(
          "\(label(id)) writes '.all(…)' of '\(name)', which can only be read",
          remedy: "write one artifact: Artifact<[Element]>(\"…\")", at: id)
      case .readsGathered(let name):
        report(
          .error, "\(label(id)) reads '.all(…)' of '\(name)', which only a stage can",
          remedy: "let a stage before it gather them: "
            + "Stage(\"gather\", reads: .all(…), writes: list) { $0 }", at: id)
      }
    }
    switch declaration.kind {
    case .repeat(let repetition) where repetition.limit < 1:
      report(
        .error, "\(label(id)) allows \(repetition.limit) rounds",
        remedy: "allow at least one: upTo: 1", at: id)
    case .fanOut(let spread):
      if let width = spread.width, width < 1 {
        report(
          .error, "\(label(id)) allows \(width) elements at once",
          remedy: "allow at least one, or leave atMost: out", at: id)
      }
      if spread.tolerated < 0 {
        report(
          .error, "\(label(id)) tolerates \(spread.tolerated) failures",
          remedy: "tolerate none or more", at: id)
      }
    case .wait(let waiting): checkWait(waiting, at: id)
    default: break
    }
    if nodes[id].name.isEmpty {
      report(
        .error, "a \(nodes[id].kind.name) has an empty name",
        remedy: "give it a name: paths, reports and answers go by it", at: id)
    }
    switch declaration.work {
    case .assignment(_, let output): checkSchema(output, at: id, to: "to its agent")
    case .signal(let payload): checkSchema(payload, at: id, to: "to who signals")
    default: break
    }
  }

  mutating func checkModifiers(_ modifiers: Modifiers, at id: Int) {
    for repeated in modifiers.repeated {
      report(
        .error, "\(label(id)) has a second '.\(repeated.modifier)'",
        remedy: "keep one: a step has one of each modifier, whatever their order", at: id,
        location: repeated.location)
    }
    if let retry = modifiers.retry {
      if retry.attempts < 1 {
        report(
          .error, "\(label(id)) allows \(retry.attempts) attempts",
          remedy: "the first attempt counts: retry(attempts: 2) repeats once", at: id)
      }
      if nodes[id].kind != .stage, !isWait(id) {
        report(
          .error, "\(label(id)) has a '.retry', which repeats attempts of a stage",
          remedy: "put it on the stages inside, or give the container a gate with '.rework'",
          at: id)
      }
      if !(retry.backoff.factor >= 1 && retry.backoff.factor.isFinite) {
        report(
          .error, "\(label(id)) has a '.retry' with a factor of \(retry.backoff.factor)",
          remedy: "give a number from 1 on: 2 doubles each pause", at: id)
      }
      if !(0...1).contains(retry.backoff.jitter) {
        report(
          .error, "\(label(id)) has a '.retry' with a jitter of \(retry.backoff.jitter)",
          remedy: "give a part from 0 to 1: 0.25 takes away up to a quarter of a pause", at: id)
      }
    }
    for (name, limit) in [("timeout", modifiers.timeout), ("deadline", modifiers.deadline)] {
      if let limit, limit <= .zero {
        report(
          .error, "\(label(id)) has a '.\(name)' of \(DurationText.short(limit))",
          remedy: "give it a time longer than zero", at: id)
      }
    }
    if let budget = modifiers.budget { checkBudget(budget, at: id) }
    if let estimate = modifiers.estimate { checkEstimate(estimate, at: id) }
    checkWaiting(modifiers, at: id)
    checkOccurrence(modifiers, at: id)
    checkGates(modifiers.gates, at: id)
    for gate in modifiers.gates {
      switch gate.otherwise {
      case .escalate, .rework(_, .escalate):
        checkEscalates("gate '\(gate.name)'", to: .gateRejected, at: id)
      default: break
      }
    }
  }

  private mutating func checkGates(_ gates: [Modifiers.DeclaredGate], at id: Int) {
    var names: Set<String> = []
    for gate in gates {
      if !names.insert(gate.name).inserted {
        report(
          .error, "\(label(id)) has two gates named '\(gate.name)'",
          remedy: "give one of them another name", at: id, location: gate.location)
      }
      if gate.name.isEmpty {
        report(
          .error, "a gate of \(label(id)) has an empty name",
          remedy: "say what it checks: pictures, events and feedback go by it", at: id,
          location: gate.location)
      }
      if let quorum = gate.quorum, quorum.needed < 1 || quorum.needed > quorum.reviewers {
        report(
          .error,
          "gate '\(gate.name)' of \(label(id)) needs \(quorum.needed) of \(quorum.reviewers) reviewers",
          remedy: "need one at least and all at most: quorum: Quorum(2, of: 3)", at: id,
          location: gate.location)
      }
      if let passing = gate.passing, !(0...1).contains(passing) {
        report(
          .error, "gate '\(gate.name)' of \(label(id)) needs a score of \(passing)",
          remedy: "give a number from 0 to 1: passing: 0.8", at: id, location: gate.location)
      }
      if case .rework(let limit, _) = gate.otherwise, limit < 1 {
        report(
          .error, "gate '\(gate.name)' of \(label(id)) allows \(limit) reworks",
          remedy: "allow at least one: .rework(upTo: 1)", at: id, location: gate.location)
      }
    }
  }

  /// What others are told of the type they are to deliver must be all of it.
  private mutating func checkSchema(_ output: ValueType, at id: Int, to whom: String) {
    guard isNew(output.type) else { return }
    reportUnknown(in: output, at: id, lead: "\(label(id)) cannot describe", to: " \(whom)")
  }

  /// What people and programs are told of the input must be all of it.
  mutating func checkInput(_ input: ValueType, at root: Int) {
    reportUnknown(in: input, at: root, lead: "\(label(root)) cannot describe", to: " as its input")
  }

  private mutating func reportUnknown(
    in type: ValueType, at id: Int, lead: String, to whom: String
  ) {
    for finding in type.schema().findings {
      let place = finding.keyPath.isEmpty ? "" : "'\(finding.keyPath)' of "
      let subject = finding.keyPath.isEmpty ? "it" : "'\(finding.type)'"
      report(
        .warning,
        "\(lead) \(place)'\(type.name)'\(whom): \(subject) has no schema, because "
          + finding.reason,
        remedy: finding.remedy, at: id)
    }
  }
}
