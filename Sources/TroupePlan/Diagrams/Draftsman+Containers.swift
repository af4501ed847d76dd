extension Draftsman {
  /// All children at once: they part at a fork and meet at a join.
  mutating func atOnce(_ node: Node, ending: String) -> Fragment {
    let fork = shape(.fork, "")
    let join = shape(.join, ending)
    var whole = Fragment(
      elements: [.shape(fork)], entry: fork.id, exits: [Exit(id: join.id)])
    for child in node.children {
      let part = fragment(plan.nodes[child])
      add(Drawing.Edge(from: fork.id, to: part.entry))
      connect(part.exits, to: join.id)
      whole.elements += part.elements
    }
    whole.elements.append(.shape(join))
    return whole
  }

  /// Children joined by what they read of each other.
  mutating func dataflow(_ node: Node) -> Fragment {
    let dependencies = Dependencies(of: node.id, in: plan, Layout(plan))
    let fork = shape(.fork, "")
    let join = shape(.join, "")
    var whole = Fragment(
      elements: [.shape(fork)], entry: fork.id, exits: [Exit(id: join.id)])
    let parts = node.children.map { fragment(plan.nodes[$0]) }
    for (index, part) in parts.enumerated() {
      whole.elements += part.elements
      if dependencies.counts[index] == 0 {
        add(Drawing.Edge(from: fork.id, to: part.entry))
      }
      for dependent in dependencies.dependents[index] {
        connect(part.exits, to: parts[dependent].entry)
      }
      if dependencies.dependents[index].isEmpty {
        connect(part.exits, to: join.id)
      }
    }
    whole.elements.append(.shape(join))
    return whole
  }

  mutating func choose(_ node: Node, _ choice: Node.Choice) -> Fragment {
    let question = node.reads.map(\.name).joined(separator: ", ")
    let decision = shape(.decision, question)
    let join = shape(.join, "")
    var whole = Fragment(
      elements: [.shape(decision)], entry: decision.id, exits: [Exit(id: join.id)])
    for child in node.children {
      let branch = fragment(plan.nodes[child], isRoot: true)
      add(Drawing.Edge(from: decision.id, to: branch.entry, label: plan.nodes[child].name))
      connect(branch.exits, to: join.id)
      whole.elements += branch.elements
    }
    switch choice.unmatched {
    case .branch: break
    case .skip: add(Drawing.Edge(from: decision.id, to: join.id, label: "otherwise"))
    case .fail:
      let failure = shape(.failure, "no match")
      whole.elements.append(.shape(failure))
      add(Drawing.Edge(from: decision.id, to: failure.id, label: "otherwise", style: .failure))
    }
    whole.elements.append(.shape(join))
    return whole
  }

  mutating func loop(_ node: Node, _ repetition: Node.Repetition) -> Fragment {
    var whole = sequence(node.children)
    let judged = node.reads.map(\.name).joined(separator: ", ")
    let decision = shape(
      .decision, "\(judged) done?",
      details: ["then \(repetition.exhausted.rawValue)"])
    connect(whole.exits, to: decision.id)
    add(
      Drawing.Edge(
        from: decision.id, to: whole.entry, label: "again, ≤ \(repetition.limit) rounds",
        style: .back))
    whole.elements.append(.shape(decision))
    whole.exits = [Exit(id: decision.id, label: "done")]
    return whole
  }

  mutating func fanOut(_ node: Node, _ spread: Node.Spread) -> Fragment {
    let list = node.reads.map(\.name).joined(separator: ", ")
    var details: [String] = []
    if let width = spread.width { details.append("\(width) at once") }
    let each = shape(.spread, "each of \(list)", details: details)
    var ends: [String] = []
    if spread.tolerated > 0 { ends.append("tolerates \(spread.tolerated)") }
    if spread.endsEarly { ends.append("until enough") }
    let collect = shape(
      .collect, node.writes.map(\.name).joined(separator: ", "),
      details: ends.isEmpty ? [] : [ends.joined(separator: " · ")])
    let body = sequence(node.children)
    add(Drawing.Edge(from: each.id, to: body.entry))
    connect(body.exits, to: collect.id)
    return Fragment(
      elements: [.shape(each)] + body.elements + [.shape(collect)], entry: each.id,
      exits: [Exit(id: collect.id)])
  }
}
