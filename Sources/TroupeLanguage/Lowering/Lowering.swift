package import TroupePlan

/// Turns declarations into the nodes and closures of a program, and notes what is wrong with them.
package struct Lowering {
  /// Calls may nest this deep; beyond it, something calls itself.
  static let depthLimit = 64

  package private(set) var nodes: [Node] = []
  package private(set) var bodies: [Body] = []
  package private(set) var roles: [Role] = []
  /// What is wrong, each with its node.
  package private(set) var findings: [Finding] = []
  /// Nodes whose contents are missing; what follows from that is not to be told as well.
  package private(set) var incomplete: Set<Int> = []

  private var typeNames: [ObjectIdentifier: String] = [:]
  private var typeNamesakes: [String: Int] = [:]
  private var knownRoles: [Role.ID: (role: Role, node: Int)] = [:]
  private var describedTypes: Set<ObjectIdentifier> = []
  /// The workflows whose bodies are being lowered, from the outermost, with their nodes.
  package private(set) var calls: [(workflow: String, node: Int)] = []
  /// Whether something calls itself; then no further call is lowered, for there may be too many.
  private var isEndless = false
  /// The nodes whose children are being lowered, from the outermost.
  package private(set) var open: [Int] = []

  package init() {}

  /// Lowers a workflow's body to the root of a plan.
  package mutating func lower(_ workflow: some Workflow) -> Int {
    calls.append((workflow.name, 0))
    defer { calls.removeLast() }
    let body = workflow.body.declaration
    // Room for just what there is, because a plan is kept for as long as its runs.
    let size = body.size
    nodes.reserveCapacity(size)
    bodies.reserveCapacity(size)
    // A sequence of its own, also where the body is a single step that was not built by a builder.
    var root = Declaration(.sequence, name: workflow.name, location: nil)
    let escalation = workflow.escalation
    if !escalation.isEmpty { root.modify { $0.escalation = escalation } }
    if let budget = workflow.budget { root.modify { $0.budget = budget } }
    let id = lower(
      root, name: workflow.name, path: Path(root: workflow.name), children: [body])
    nodes[id].policies.onFailure = workflow.onFailure
    return id
  }

  /// A mention with its type's name.
  package mutating func use(_ mention: Mention) -> ArtifactUse {
    let key = ObjectIdentifier(mention.type)
    if let type = typeNames[key] { return ArtifactUse(mention.name, type: type) }
    var type = TypeName.of(mention.type)
    // Local and private types may share a name, and are not the same for all that.
    let namesakes = typeNamesakes[type, default: 0] + 1
    typeNamesakes[type] = namesakes
    if namesakes > 1 { type += " (\(namesakes))" }
    typeNames[key] = type
    return ArtifactUse(mention.name, type: type)
  }

  /// Notes a problem at a node.
  package mutating func report(
    _ severity: Diagnostic.Severity, _ message: String, remedy: String? = nil, at node: Int,
    location: SourceLocation? = nil
  ) {
    findings.append(
      Finding(
        node: node,
        Diagnostic(
          severity, message, remedy: remedy, path: nodes[node].path,
          location: location ?? nodes[node].location)))
  }

  /// Notes an error of a node whose contents are missing because of it.
  package mutating func reportIncomplete(_ message: String, remedy: String, at node: Int) {
    incomplete.insert(node)
    report(.error, message, remedy: remedy, at: node)
  }

  /// How messages name a node whose children are being lowered, or that stands among them.
  package func label(_ id: Int) -> String {
    nodes[id].label(in: open.last { $0 != id }.map { nodes[$0] })
  }

  private mutating func lower(
    _ declaration: Declaration, name: String, path: Path, children: [Declaration]
  ) -> Int {
    let id = nodes.count
    nodes.append(
      Node(
        id: id, path: path, kind: kind(of: declaration), name: name, role: declaration.role?.id,
        reads: declaration.reads.map { use($0) }, writes: declaration.writes.map { use($0) },
        location: declaration.location))
    bodies.append(Body(work: declaration.work))
    if let role = declaration.role { register(role, at: id) }
    checkWork(of: declaration, at: id)
    apply(declaration.modifiers, escalation: declaration.escalation, to: id)
    if case .call(let call) = declaration.kind, let budget = call.budget {
      checkBudget(budget, at: id)
      nodes[id].policies.budget = nodes[id].policies.budget?.within(budget) ?? budget
    }
    if case .repeat(let repetition) = declaration.kind, repetition.exhausted == .escalate {
      checkEscalates("the limit", to: .failure, at: id)
    }
    open.append(id)
    defer { open.removeLast() }
    lowerChildren(of: declaration, children, at: id)
    if let fallback = declaration.modifiers?.fallback?.first {
      nodes[id].fallback = nodes.count
      _ = lower(
        fallback, name: "@fallback", path: path.ofFallback, children: fallback.children)
    }
    lowerReviews(of: declaration, at: id)
    lowerRungs(of: declaration, at: id)
    lowerCompensations(of: declaration, at: id)
    return id
  }

  private mutating func lowerReviews(of declaration: Declaration, at id: Int) {
    for (index, gate) in (declaration.modifiers?.gates ?? []).enumerated() {
      guard let review = gate.review.first else { continue }
      let path = nodes[id].path.ofReview(gate: gate.name)
      let node = lower(review, name: gate.name, path: path, children: review.children)
      nodes[id].policies.gates[index].review?.node = node
    }
  }

  private mutating func lowerRungs(of declaration: Declaration, at id: Int) {
    guard let rules = declaration.escalation else { return }
    var number = 0
    for (rule, on) in rules.enumerated() {
      for (index, rung) in on.rungs.enumerated() {
        number += 1
        guard let part = Self.declaration(of: rung) else {
          if case .reassign(let role) = rung.kind { register(role, at: id) }
          continue
        }
        let node = lower(
          part, name: part.name ?? "", path: nodes[id].path.ofRung(number),
          children: part.children)
        var known = nodes[id].policies.escalation?.rules[rule].rungs[index]
        switch known {
        case .ask: known = .ask(node: node)
        case .fallback: known = .fallback(node: node)
        case .retry, .reassign, .notify, .abort, nil: break
        }
        if let known { nodes[id].policies.escalation?.rules[rule].rungs[index] = known }
      }
    }
  }

  private mutating func lowerCompensations(of declaration: Declaration, at id: Int) {
    guard let modifiers = declaration.modifiers else { return }
    for (part, isFinished) in [
      (modifiers.compensation?.first, true), (modifiers.unfinishedCompensation?.first, false),
    ] {
      guard let part else { continue }
      let path = nodes[id].path.ofCompensation(isFinished: isFinished)
      let node = lower(part, name: String(path.last), path: path, children: [])
      if isFinished {
        nodes[id].policies.compensation?.finished = node
      } else {
        nodes[id].policies.compensation?.unfinished = node
      }
      checkCompensation(node, of: id)
    }
  }

  private mutating func lowerChildren(
    of declaration: Declaration, _ declared: [Declaration], at id: Int
  ) {
    guard case .call(let call) = declaration.kind else {
      lowerFlattened(declared, at: id, isMisordered: declaration.hasMisplacedOtherwise)
      return
    }
    calls.append((call.workflow, id))
    defer { calls.removeLast() }
    if isEndless {
      incomplete.insert(id)
    } else if calls.count > Self.depthLimit {
      isEndless = true
      incomplete.insert(id)
      reportEndlessCalls()
    } else {
      lowerFlattened([call.body()], at: id)
    }
  }

  private mutating func lowerFlattened(
    _ declared: [Declaration], at id: Int, isMisordered: Bool = false
  ) {
    switch nodes[id].kind {
    case .stage, .wait: return
    default: break
    }
    let (flat, saysNothing) = flattened(declared)
    if flat.isEmpty, !saysNothing { reportEmpty(at: id) }
    if flat.isEmpty, saysNothing, nodes[id].kind == .race { reportNoContestants(at: id) }
    let path = nodes[id].path
    var ids: [Int] = []
    ids.reserveCapacity(flat.count)
    var names: [String: SourceLocation?] = [:]
    names.reserveCapacity(flat.count)
    for child in flat {
      let name = child.name ?? kind(of: child).name
      let childPath = path.appending(name)
      let childID = lower(child, name: name, path: childPath, children: child.children)
      ids.append(childID)
      if let first = names.updateValue(child.location, forKey: name), !isMisordered {
        reportSameName(child, first: first, at: childID)
      }
    }
    nodes[id].children = ids
  }

  private mutating func kind(of declaration: Declaration) -> Node.Kind {
    switch declaration.kind {
    case .stage: .stage
    case .nothing, .sequence: .sequence
    case .parallel: .parallel
    case .dataflow: .dataflow
    case .race: .race
    case .choose(let choice): .choose(choice)
    case .repeat(let repetition): .repeat(repetition)
    case .fanOut(let spread):
      .fanOut(
        Node.Spread(
          element: use(spread.element), result: use(spread.result), width: spread.width,
          tolerated: spread.tolerated, endsEarly: spread.endsEarly,
          collectsOutcomes: spread.collectsOutcomes))
    case .call(let call):
      .call(
        Node.Invocation(
          workflow: call.workflow, version: call.version, input: use(call.input),
          output: use(call.output)))
    case .wait(.signal(let payload, let within)):
      .wait(.signal(Node.Awaited(payload.name, payload: use(payload).type, within: within)))
    case .wait(.instant): .wait(.instant)
    case .wait(.span(let length)): .wait(.span(length))
    }
  }

  private mutating func apply(_ modifiers: Modifiers?, escalation rules: [On]?, to id: Int) {
    guard let modifiers = modifiers ?? rules.map({ _ in Modifiers() }) else { return }
    var policies = Policies()
    policies.retry = modifiers.retry
    policies.timeout = modifiers.timeout
    policies.deadline = modifiers.deadline
    policies.occurrence = modifiers.occurrence ?? .atLeastOnce
    policies.priority = modifiers.priority
    policies.budget = modifiers.budget
    policies.estimate = modifiers.estimate
    policies.gates = modifiers.gates.map { gate in
      Gate(
        gate.name, judges: gate.judges.map { use($0) },
        // The node is known once it is lowered.
        review: gate.review.isEmpty
          ? nil
          : Gate.Review(
            node: 0, quorum: gate.quorum, isIndependent: gate.isIndependent, passing: gate.passing),
        otherwise: gate.otherwise, location: gate.location)
    }
    policies.escalation = escalation(rules, at: id)
    // The nodes are known once they are lowered.
    if modifiers.compensation != nil || modifiers.unfinishedCompensation != nil {
      policies.compensation = Compensation(
        finished: modifiers.compensation.map { _ in 0 },
        unfinished: modifiers.unfinishedCompensation.map { _ in 0 })
    }
    nodes[id].policies = policies
    bodies[id].judges = modifiers.gates.map(\.judge)
    bodies[id].probe = modifiers.probe
    checkModifiers(modifiers, at: id)
  }

  private mutating func register(_ role: Role, at id: Int) {
    guard let known = knownRoles[role.id] else {
      knownRoles[role.id] = (role, id)
      roles.append(role)
      return
    }
    if known.role != role { reportTwoRoles(known.role, role, first: known.node, at: id) }
  }

  /// Whether a type is asked about for the first time.
  package mutating func isNew(_ type: any Sendable.Type) -> Bool {
    describedTypes.insert(ObjectIdentifier(type)).inserted
  }
}
