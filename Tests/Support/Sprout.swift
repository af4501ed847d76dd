package import TroupePlan

/// A step of a random plan, as a tree. An artifact is `scope:name`, so that equal means the same.
package struct Sprout {
  package enum Kind: Hashable {
    case stage, sequence, parallel, dataflow, race, `repeat`
    case choose(Node.Choice.Unmatched)
    case fanOut(element: String, result: String)
    case call(input: String, output: String)
  }

  package var id = 0
  package var kind: Kind
  package var reads: [String] = []
  package var writes: String?
  package var judges: [String] = []
  package var children: [Sprout] = []
  /// None or one; a list only because a value cannot hold itself.
  package var fallback: [Sprout] = []
  /// What is done in turn when the step, or something inside of it, fails; nothing without a rung.
  package var ladder: [Rung] = []
  /// What undoes the step: none or one.
  package var undo: [Sprout] = []
  /// How many stages may be started in the step.
  package var starts: Int?

  /// A rung of a ladder.
  package enum Rung {
    case retry, notify, abort
    case fallback(Sprout)
  }

  package init(
    id: Int = 0, kind: Kind, reads: [String] = [], writes: String? = nil, judges: [String] = [],
    children: [Sprout] = [], fallback: [Sprout] = []
  ) {
    self.id = id
    self.kind = kind
    self.reads = reads
    self.writes = writes
    self.judges = judges
    self.children = children
    self.fallback = fallback
  }

  /// The step and all in it, in pre-order.
  package var all: [Sprout] { [self] + parts.flatMap(\.all) }

  /// What stands in the step, in the order of the plan.
  private var parts: [Sprout] { children + fallback + ladder.compactMap(\.steps) + undo }

  /// Gives the step and all in it their identities.
  package mutating func number(from first: Int) -> Int {
    id = first
    var next = first + 1
    changeParts { next = $0.number(from: next) }
    return next
  }

  /// Changes each step that stands in this one, in the order of the plan.
  package mutating func changeParts(_ change: (inout Sprout) -> Void) {
    for index in children.indices { change(&children[index]) }
    for index in fallback.indices { change(&fallback[index]) }
    for index in ladder.indices {
      guard case .fallback(var steps) = ladder[index] else { continue }
      change(&steps)
      ladder[index] = .fallback(steps)
    }
    for index in undo.indices { change(&undo[index]) }
  }

  /// The plan with this step as its root. The steps are named by their identities.
  package var plan: Plan {
    var nodes: [Node] = []
    add(to: &nodes, at: Path(root: "\(id)"))
    return Plan(
      workflow: "random", input: Self.use("0:in"), output: Self.use("0:out"), nodes: nodes)
  }

  /// Adds the step and all in it to a plan.
  private func add(to nodes: inout [Node], at path: Path) {
    let number = nodes.count
    nodes.append(
      Node(
        id: number, path: path, kind: nodeKind, name: "\(id)", reads: reads.map(Self.use),
        writes: writes.map { [Self.use($0)] } ?? []))
    var node = nodes[number]
    func add(_ part: Sprout, _ path: Path) -> Int {
      defer { part.add(to: &nodes, at: path) }
      return nodes.count
    }
    node.children = children.map { add($0, path.appending("\($0.id)")) }
    node.fallback = fallback.first.map { add($0, path.ofFallback) }
    var policies = Policies()
    if !judges.isEmpty {
      policies.gates = [Gate("gate", judges: judges.map(Self.use), otherwise: .fail)]
    }
    if !ladder.isEmpty {
      var rungs: [Escalation.Rung] = []
      for rung in ladder {
        switch rung {
        case .retry: rungs.append(.retry)
        case .notify: rungs.append(.notify("somebody"))
        case .abort: rungs.append(.abort(reason: "no way"))
        case .fallback(let steps):
          rungs.append(.fallback(node: add(steps, path.ofRung(rungs.count + 1))))
        }
      }
      policies.escalation = Escalation(rules: [Escalation.Rule(on: [.failure], rungs: rungs)])
    }
    if let undo = undo.first {
      policies.compensation = Compensation(
        finished: add(undo, path.ofCompensation(isFinished: true)))
    }
    policies.budget = starts.map { Budget(attempts: $0) }
    node.policies = policies
    nodes[number] = node
  }

  private var nodeKind: Node.Kind {
    switch kind {
    case .stage: .stage
    case .sequence: .sequence
    case .parallel: .parallel
    case .dataflow: .dataflow
    case .race: .race
    case .repeat: .repeat(Node.Repetition(limit: 3, exhausted: .fail))
    case .choose(let unmatched): .choose(Node.Choice(unmatched: unmatched))
    case .fanOut(let element, let result):
      .fanOut(
        Node.Spread(
          element: Self.use(element), result: Self.use(result), width: nil, tolerated: 0,
          endsEarly: false, collectsOutcomes: false))
    case .call(let input, let output):
      .call(
        Node.Invocation(
          workflow: "called", version: nil, input: Self.use(input), output: Self.use(output)))
    }
  }

  /// The plan knows bare names: it must find the scopes itself.
  private static func use(_ artifact: String) -> ArtifactUse {
    ArtifactUse(String(artifact.drop { $0 != ":" }.dropFirst()), type: "T")
  }
}

extension Sprout.Rung {
  /// The steps that are done at the rung.
  package var steps: Sprout? { if case .fallback(let steps) = self { steps } else { nil } }
}
