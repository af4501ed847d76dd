import TroupePlan

/// Ladders: their rungs as parts of the plan, and what is wrong with them.
extension Lowering {
  /// An escalation as a policy; the nodes of its rungs are known once they are lowered.
  mutating func escalation(_ rules: [On]?, at id: Int) -> Escalation? {
    guard let rules else { return nil }
    checkEscalation(rules, at: id)
    return Escalation(
      rules: rules.map { rule in
        Escalation.Rule(
          on: rule.triggers, rungs: rule.rungs.map { Self.rung($0.kind) },
          location: rule.location)
      })
  }

  private static func rung(_ kind: Rung.Kind) -> Escalation.Rung {
    switch kind {
    case .retry: .retry
    case .reassign(let role): .reassign(to: role.id)
    case .ask: .ask(node: 0)
    case .notify(let name): .notify(name)
    case .fallback: .fallback(node: 0)
    case .abort(let reason): .abort(reason: reason)
    }
  }

  /// The declaration of a rung that is a part of the plan, or `nil`.
  static func declaration(of rung: Rung) -> Declaration? {
    switch rung.kind {
    case .ask(let question):
      var stage = Declaration(
        .stage, name: "ask \(question.role.id)", role: question.role,
        reads: [Mention(name: Trouble.artifact, type: Trouble.self)],
        writes: [Mention(name: "@resolution", type: Resolution.self)],
        work: .assignment(
          prompt: { [prompt = question.prompt] values in
            var arguments = try Arguments(values, nil)
            let trouble = try arguments.next(Trouble.self)
            return try await prompt?(trouble) ?? trouble.prompt
          }, output: ValueType(of: Resolution.self)),
        location: rung.location)
      limit(&stage, to: question.within, rung.location)
      return stage
    case .fallback(let steps, let within):
      var sequence = Declaration(
        .sequence, name: "fallback", children: steps, location: rung.location)
      limit(&sequence, to: within, rung.location)
      return sequence
    case .retry, .reassign, .notify, .abort: return nil
    }
  }

  private static func limit(
    _ part: inout Declaration, to length: Duration?, _ location: SourceLocation
  ) {
    guard let length, length > .zero else { return }
    part.modify { $0.set(\.deadline, "deadline", to: length, at: location) }
  }

  private mutating func checkEscalation(_ rules: [On], at id: Int) {
    if rules.isEmpty {
      report(
        .error, "\(label(id)) has an '.escalate' without a rule",
        remedy: "its 'if's or 'for's left nothing: add a rule, 'On(.failure) { … }'", at: id)
    }
    var met: Set<Escalation.Trigger> = []
    for rule in rules {
      if rule.rungs.isEmpty {
        report(
          .error, "a rule of \(label(id)) has no rungs",
          remedy: "its 'if's or 'for's left nothing: add a rung; 'Abort(\"…\")' ends the run",
          at: id, location: rule.location)
      }
      for trigger in rule.triggers where !met.insert(trigger).inserted {
        report(
          .error, "\(label(id)) has two ladders for \(trigger.words)",
          remedy: "keep one: of several the first would always hold", at: id,
          location: rule.location)
      }
      checkRungs(rule, at: id)
    }
  }

  private mutating func checkRungs(_ rule: On, at id: Int) {
    var end: Rung?
    for rung in rule.rungs {
      if end != nil {
        report(
          .error, "a rung of \(label(id)) stands behind 'Abort', and is never reached",
          remedy: "put 'Abort' last", at: id, location: rung.location)
        return
      }
      switch rung.kind {
      case .abort: end = rung
      case .ask(let question):
        if let within = question.within, within <= .zero {
          report(
            .error, "\(label(id)) asks '\(question.role.id)' within \(DurationText.short(within))",
            remedy: "give it a time longer than zero", at: id, location: rung.location)
        } else if question.within == nil {
          report(
            .warning, "\(label(id)) asks '\(question.role.id)' and may wait for ever",
            remedy: "say how long: Ask(…, within: .hours(4))", at: id, location: rung.location)
        }
      case .fallback(_, let within?) where within <= .zero:
        report(
          .error, "a 'Fallback' of \(label(id)) is done within \(DurationText.short(within))",
          remedy: "give it a time longer than zero", at: id, location: rung.location)
      case .reassign where nodes[id].role == nil:
        report(
          .error, "\(label(id)) is reassigned, and no role does it",
          remedy: "put 'Reassign' on the stages of roles inside that need it", at: id,
          location: rung.location)
      case .retry where rule.triggers.contains(.inDoubt) && nodes[id].kind != .stage:
        report(
          .error, "\(label(id)) is done again when something inside of it is in doubt",
          remedy: "put the rule for '.inDoubt' on the stage that may be in doubt", at: id,
          location: rung.location)
      case .retry, .reassign, .notify, .fallback: break
      }
    }
  }

  /// Whether a rule of a node, or of one of those that are open, meets a trigger.
  mutating func checkEscalates(_ what: String, to trigger: Escalation.Trigger, at id: Int) {
    let isMet = (open + [id]).contains { node in
      nodes[node].policies.escalation?.rules.contains { $0.triggers.contains(trigger) } ?? false
    }
    guard !isMet else { return }
    report(
      .error, "\(what) of \(label(id)) escalates, and no rule is there to meet it",
      remedy: "give it one: .escalate { On(.\(trigger.text)) { … } }, on the step or around it",
      at: id)
  }
}
