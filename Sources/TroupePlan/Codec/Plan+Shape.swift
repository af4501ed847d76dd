extension Plan {
  /// Whether nodes and roles fit together as everything that walks a plan relies on.
  func checkShape() throws {
    guard !nodes.isEmpty else { throw PlanFormatError("this plan has no nodes") }
    try checkRoles()
    var next = 0
    try checkTree(from: 0, next: &next, depth: 0, path: Path(root: nodes[0].name))
    guard next == nodes.count else {
      throw PlanFormatError("node \(next) of this plan is no child of any other")
    }
    for node in nodes { try check(node) }
  }

  private func checkRoles() throws {
    var seen: Set<Role.ID> = []
    for role in roles where !seen.insert(role.id).inserted {
      throw PlanFormatError("the role '\(role.id)' stands twice among the roles of this plan")
    }
    for case (let node, let role?) in nodes.map({ ($0, $0.role) }) where !seen.contains(role) {
      throw PlanFormatError(
        "\(place(node)) has the role '\(role)', which is not among the roles of this plan")
    }
  }

  /// Whether the nodes are a tree in pre-order in which each has its own path.
  private func checkTree(from id: Int, next: inout Int, depth: Int, path: Path) throws {
    guard depth < 512 else { throw PlanFormatError("this plan nests deeper than 512 nodes") }
    guard id == next, nodes.indices.contains(id), nodes[id].id == id else {
      throw PlanFormatError(
        "node \(next) of this plan is not where its parent says: the nodes must stand in "
          + "pre-order, each with the number of its place")
    }
    guard nodes[id].path == path else {
      throw PlanFormatError(
        "node \(id) of this plan has the path '\(nodes[id].path)', and by its name and place it "
          + "should be '\(path)'")
    }
    next += 1
    var names: Set<String> = []
    for child in nodes[id].children {
      let name = nodes.indices.contains(child) ? nodes[child].name : ""
      guard names.insert(name).inserted else {
        throw PlanFormatError("\(place(nodes[id])) has two children named '\(name)'")
      }
      try checkTree(from: child, next: &next, depth: depth + 1, path: path.appending(name))
    }
    if let fallback = nodes[id].fallback {
      try checkTree(from: fallback, next: &next, depth: depth + 1, path: path.ofFallback)
    }
    for gate in nodes[id].gates {
      guard let review = gate.review?.node else { continue }
      let path = path.ofReview(gate: gate.name)
      try checkTree(from: review, next: &next, depth: depth + 1, path: path)
    }
    for (number, rung) in nodes[id].policies.escalation?.rungs ?? [] {
      guard let node = rung.node else { continue }
      try checkTree(from: node, next: &next, depth: depth + 1, path: path.ofRung(number))
    }
    let compensation = nodes[id].compensation
    for (part, isFinished) in [(compensation?.finished, true), (compensation?.unfinished, false)] {
      guard let part else { continue }
      let path = path.ofCompensation(isFinished: isFinished)
      try checkTree(from: part, next: &next, depth: depth + 1, path: path)
    }
  }

  /// Whether a node has only what its kind can have.
  private func check(_ node: Node) throws {
    guard !node.name.isEmpty else { throw PlanFormatError("\(place(node)) has an empty name") }
    try checkWait(node)
    if node.kind == .stage {
      guard node.children.isEmpty else {
        throw PlanFormatError("\(place(node)) is a stage and has children, which no stage has")
      }
    } else {
      guard node.policies.occurrence == .atLeastOnce else {
        throw PlanFormatError(
          "\(place(node)) is no stage and has an occurrence, which only stages have")
      }
      guard node.role == nil else {
        throw PlanFormatError("\(place(node)) is no stage and has a role, which only stages have")
      }
      guard node.policies.retry == nil else {
        throw PlanFormatError("\(place(node)) is no stage and has a retry, which only stages have")
      }
    }
    try checkRungs(node)
    try checkCompensation(node)
    var gates: Set<String> = []
    for gate in node.policies.gates {
      guard !gate.name.isEmpty else {
        throw PlanFormatError("\(place(node)) has a gate with an empty name")
      }
      guard gates.insert(gate.name).inserted else {
        throw PlanFormatError("\(place(node)) has two gates named '\(gate.name)'")
      }
      if let review = gate.review {
        guard isReview(review) else {
          throw PlanFormatError(
            "\(place(node)) has a gate '\(gate.name)' that is reviewed by no stage of a role")
        }
      }
    }
  }

  private func checkCompensation(_ node: Node) throws {
    guard let compensation = node.compensation else { return }
    guard node.kind == .stage, !compensation.nodes.isEmpty else {
      throw PlanFormatError("\(place(node)) has a compensation, which only stages have")
    }
    for part in compensation.nodes.map({ nodes[$0] }) {
      guard part.kind == .stage, part.role == nil, part.writes.isEmpty,
        part.compensation == nil, part.reads.allSatisfy(node.reads.contains)
      else {
        throw PlanFormatError(
          "\(place(node)) is undone by what is no code that reads only what the stage reads")
      }
    }
  }

  private func checkRungs(_ node: Node) throws {
    for (number, rung) in node.policies.escalation?.rungs ?? [] {
      switch rung {
      case .ask(let id):
        let asked = nodes[id]
        guard asked.kind == .stage, asked.role != nil, asked.reads.count == 1,
          asked.writes.count == 1
        else {
          throw PlanFormatError("\(place(node)) has a rung \(number) that asks no role")
        }
      case .fallback(let id):
        guard nodes[id].kind == .sequence else {
          throw PlanFormatError("\(place(node)) has a rung \(number) that is no sequence")
        }
      case .reassign(let role):
        guard self.role(role) != nil else {
          throw PlanFormatError(
            "\(place(node)) is reassigned to the role '\(role)', which is not among the roles of "
              + "this plan")
        }
      case .retry, .notify, .abort: break
      }
    }
  }

  private func isReview(_ review: Gate.Review) -> Bool {
    var reviewer = nodes[review.node]
    if review.quorum != nil {
      guard case .fanOut = reviewer.kind, reviewer.reads.count == 1, reviewer.writes.count == 1,
        reviewer.children.count == 1
      else { return false }
      reviewer = nodes[reviewer.children[0]]
    }
    return reviewer.kind == .stage && reviewer.role != nil && reviewer.writes.count == 1
  }

  /// Whether a wait has only what a wait can have.
  private func checkWait(_ node: Node) throws {
    guard case .wait(let waiting) = node.kind else { return }
    guard node.children.isEmpty else {
      throw PlanFormatError("\(place(node)) is a wait and has children, which no wait has")
    }
    guard node.policies.timeout == nil else {
      throw PlanFormatError("\(place(node)) is a wait and has a timeout, which no wait has")
    }
    switch waiting {
    case .signal(let signal):
      guard node.writes.allSatisfy({ $0.type == signal.payload }) else {
        throw PlanFormatError(
          "\(place(node)) waits for a signal of type '\(signal.payload)' and writes another type")
      }
    case .instant, .span:
      guard node.writes.isEmpty else {
        throw PlanFormatError("\(place(node)) waits for time and writes, which only signals do")
      }
    }
  }

  private func place(_ node: Node) -> String { "node \(node.id) of this plan, '\(node.path)'," }
}
