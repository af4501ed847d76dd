/// Messages about signals, waits, and work that happens at most once.
extension Wording {
  func twoPayloads(_ first: Int, _ second: Int) -> Finding {
    let name = nodes[second].awaited?.name ?? ""
    let (one, other) = labels(second, first)
    return finding(
      .error,
      "signal '\(name)' has two types: \(one) waits for '\(payload(second))', \(other) waits for "
        + "'\(payload(first))'\(place(first))",
      "declare it once and use that handle everywhere, or give one of them another name",
      at: second)
  }

  private func payload(_ id: Int) -> String { Self.short(nodes[id].awaited?.payload ?? "") }

  func waitsForever(_ wait: Int) -> Finding {
    finding(
      .hint,
      "\(label(wait)) never ends unless somebody sends signal '\(nodes[wait].awaited?.name ?? "")'",
      "say how long it may wait, 'within: .hours(48)', unless waiting for ever is meant", at: wait)
  }

  func redoesOnce(_ stage: Int, _ node: Int, _ gate: Int) -> Finding {
    let declared = nodes[node].policies.gates[gate]
    guard stage != node else {
      return finding(
        .error,
        "gate '\(declared.name)' has \(label(stage)) reworked, which may run at most once",
        "use 'otherwise: .fail', or check before the stage what can be checked before it",
        at: node, location: declared.location)
    }
    return finding(
      .error,
      "gate '\(declared.name)' has \(label(node)) reworked, and \(label(stage)) inside it may run "
        + "at most once\(place(stage))",
      "put the stage behind \(label(node)), so that it runs once the gate has passed", at: node,
      location: declared.location)
  }

  func escalatesOnce(_ stage: Int, _ node: Int, _ rule: Int) -> Finding {
    let location = nodes[node].policies.escalation?.rules[rule].location
    guard stage != node else {
      return finding(
        .error, "a ladder has \(label(stage)) done again, which may run at most once",
        "let it Ask somebody, or put 'Retry' under 'On(.inDoubt)' alone, where it says that the work "
          + "was not done",
        at: node, location: location)
    }
    return finding(
      .error,
      "a ladder has \(label(node)) done again, and \(label(stage)) inside it may run at most "
        + "once\(place(stage))",
      "let it Ask somebody, or put the stage behind \(label(node))", at: node, location: location)
  }

  /// A wait that is longer than a limit around it.
  func longerSpan(_ inner: Problem.Limit, _ longer: String, _ outer: String) -> Finding {
    finding(
      .warning, "\(label(inner.node)) lasts \(longer), longer than \(outer)",
      "the limit always passes first: wait for less, or allow more around it", at: inner.node)
  }
}
