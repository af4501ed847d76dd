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
        report(
          .error, "\(label(id)) writes '.all(…)' of '\(name)', which can only be read",
          remedy: "write one artifact: Artifact<[Element]>(\"…\")", at: id)
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
    default: break
    }
    if nodes[id].name.isEmpty {
      report(
        .error, "a \(nodes[id].kind.name) has an empty name",
        remedy: "give it a name: paths, reports and answers go by it", at: id)
    }
    if case .assignment(_, let output) = declaration.work { checkSchema(output, at: id) }
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
      guard case .stage = nodes[id].kind else {
        report(
          .error, "\(label(id)) has a '.retry', which repeats attempts of a stage",
          remedy: "put it on the stages inside, or give the container a gate with '.rework'",
          at: id)
        return
      }
    }
    for (name, limit) in [("timeout", modifiers.timeout), ("deadline", modifiers.deadline)] {
      if let limit, limit <= .zero {
        report(
          .error, "\(label(id)) has a '.\(name)' of \(limit)",
          remedy: "give it a time longer than zero", at: id)
      }
    }
    checkGates(modifiers.gates, at: id)
  }

  private mutating func checkGates(_ gates: [Modifiers.DeclaredGate], at id: Int) {
    var names: Set<String> = []
    for gate in gates {
      if !names.insert(gate.name).inserted {
        report(
          .error, "\(label(id)) has two gates named '\(gate.name)'",
          remedy: "give one of them another name", at: id, location: gate.location)
      }
      if case .rework(let limit, _) = gate.otherwise, limit < 1 {
        report(
          .error, "gate '\(gate.name)' of \(label(id)) allows \(limit) reworks",
          remedy: "allow at least one: .rework(upTo: 1)", at: id, location: gate.location)
      }
    }
  }

  private mutating func checkSchema(_ output: ValueType, at id: Int) {
  }

  mutating func reportCycle(at id: Int) {
    report(
      .error, "'\(cycle.first ?? "")' calls itself: \(cycle.joined(separator: " → "))",
      remedy: "a plan is finite: replace the inner call by a 'Repeat'", at: id)
  }

  mutating func reportEmpty(at id: Int) {
    report(
      .error, "\(label(id)) has no steps",
      remedy: "its 'if's or 'for's left nothing: add a step, or 'Nothing()' if that is meant",
      at: id)
  }

  mutating func reportSameName(
    _ name: String, isNamed: Bool, first: SourceLocation?, at id: Int
  ) {
    let place = first.map { ", the first at \($0)" } ?? ""
    let kind = nodes[id].kind.name
    if isNamed {
      report(
        .error, "two steps side by side are named '\(name)'\(place)",
        remedy: "give one of them another name", at: id)
    } else {
      report(
        .error, "two \(kind) steps side by side have no name\(place)",
        remedy: "give this one a name", at: id)
    }
  }

  mutating func reportTwoRoles(_ role: String, at id: Int) {
    report(
      .error, "two different roles are called '\(role)'",
      remedy: "declare a role once, as a static member of Role, and use it everywhere", at: id)
  }

  /// How messages name a node: `stage 'draft'`.
  private func label(_ id: Int) -> String {
    let node = nodes[id]
    return "\(node.kind.name) '\(node.name)'"
  }
}
