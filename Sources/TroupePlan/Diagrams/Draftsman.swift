/// Turns a plan into a drawing: every node becomes a fragment with one entry and some exits.
struct Draftsman {
  /// The way out of a fragment, with what is written on the edge that leaves it.
  struct Exit {
    let id: String
    var label = ""
  }

  /// What a node became.
  struct Fragment {
    var elements: [Drawing.Element] = []
    var entry: String
    var exits: [Exit]
  }

  let plan: Plan
  let showsArtifacts: Bool
  let showsLadders: Bool
  private(set) var edges: [Drawing.Edge] = []
  private var count = 0
  let roleNumbers: [Role.ID: Int]

  static func draw(_ plan: Plan, artifacts: Bool, ladders: Bool) -> Drawing {
    var draftsman = Draftsman(plan, artifacts: artifacts, ladders: ladders)
    return draftsman.draw()
  }

  private init(_ plan: Plan, artifacts: Bool, ladders: Bool) {
    self.plan = plan
    showsArtifacts = artifacts
    showsLadders = ladders
    roleNumbers = Dictionary(
      plan.roles.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private mutating func draw() -> Drawing {
    // The whole has no frame of its own on which its limits could stand.
    let start = shape(
      .start, plan.input.name,
      details: [shortType(plan.input)] + (plan.nodes.first.map(limits) ?? []))
    var elements: [Drawing.Element] = [.shape(start)]
    var exits = [Exit(id: start.id)]
    if let root = plan.nodes.first {
      let body = fragment(root, isRoot: true)
      connect(exits, to: body.entry)
      elements += body.elements
      exits = body.exits
    }
    let end = shape(.end, plan.output.name, details: [shortType(plan.output)])
    elements.append(.shape(end))
    connect(exits, to: end.id)
    return Drawing(
      title: plan.workflow, roles: plan.roles.map(\.id), elements: elements, edges: edges)
  }

  /// The name of a type without the modules and types it is nested in: `[Draft]`.
  private func shortType(_ use: ArtifactUse) -> String {
    var short = ""
    var word = ""
    for character in use.type {
      if character == "." {
        word = ""
      } else if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
      } else {
        short += word + String(character)
        word = ""
      }
    }
    return short + word
  }

  mutating func shape(
    _ kind: Drawing.Shape.Kind, _ title: String, details: [String] = []
  ) -> Drawing.Shape {
    defer { count += 1 }
    return Drawing.Shape(id: "n\(count)", kind: kind, title: title, details: details)
  }

  mutating func connect(_ exits: [Exit], to entry: String, style: Drawing.Edge.Style = .forward) {
    for exit in exits {
      edges.append(Drawing.Edge(from: exit.id, to: entry, label: exit.label, style: style))
    }
  }

  mutating func add(_ edge: Drawing.Edge) { edges.append(edge) }

  /// A node with its gates and its fallback.
  mutating func fragment(_ node: Node, isRoot: Bool = false) -> Fragment {
    var fragment = isRoot ? sequence(node.children) : bare(node)
    let entry = fragment.entry
    if let fallback = node.fallback {
      var inside = sequence(plan.nodes[fallback].children)
      add(Drawing.Edge(from: entry, to: inside.entry, label: "on failure", style: .failure))
      let cluster = Drawing.Cluster(
        id: clusterID(), title: "fallback", style: .fallback, elements: inside.elements)
      fragment.elements.append(.cluster(cluster))
      inside.elements = []
      fragment.exits += inside.exits
    }
    addLadders(of: node, to: &fragment)
    for gate in node.policies.gates {
      let diamond = shape(.gate, gate.name, details: reviewDetails(gate) + gateDetails(gate))
      connect(fragment.exits, to: diamond.id)
      fragment.elements.append(.shape(diamond))
      if case .rework(let limit, _) = gate.otherwise {
        add(Drawing.Edge(from: diamond.id, to: entry, label: "rework ≤ \(limit)", style: .back))
      }
      fragment.exits = [Exit(id: diamond.id, label: "pass")]
    }
    return fragment
  }

  /// Who reviews, and what passes.
  private func reviewDetails(_ gate: Gate) -> [String] {
    guard let review = gate.review else { return [] }
    let node = plan.nodes[review.node]
    let quorum = review.quorum.map { "\($0.text) " } ?? ""
    var details = ["by \(quorum)\(review.adjective)\(plan.reviewer(of: gate) ?? "")"]
    if let passing = review.passing {
      details[0] += ", score ≥ \(JSONValue.number(passing).canonicalText)"
    }
    if let limit = node.policies.deadline { details.append("within \(DurationText.short(limit))") }
    return details
  }

  private func gateDetails(_ gate: Gate) -> [String] {
    switch gate.otherwise {
    case .fail: ["else fail"]
    case .accept: ["else accept"]
    case .escalate: ["else escalate"]
    case .rework(_, let then): ["then \(then.rawValue)"]
    }
  }

  /// A node without its gates and its fallback.
  private mutating func bare(_ node: Node) -> Fragment {
    switch node.kind {
    case .stage: return stage(node)
    case .wait(let waiting): return wait(node, waiting)
    default: break
    }
    let inside =
      switch node.kind {
      case .parallel: atOnce(node, ending: "")
      case .race: atOnce(node, ending: "first")
      case .dataflow: dataflow(node)
      case .choose(let choice): choose(node, choice)
      case .repeat(let repetition): loop(node, repetition)
      case .fanOut(let spread): fanOut(node, spread)
      default: sequence(node.children)
      }
    let style: Drawing.Cluster.Style =
      switch node.kind {
      case .repeat, .fanOut: .repeated
      case .call: .called
      default: .plain
      }
    let cluster = Drawing.Cluster(
      id: clusterID(), title: clusterTitle(node), details: limits(node), style: style,
      elements: inside.elements)
    return Fragment(elements: [.cluster(cluster)], entry: inside.entry, exits: inside.exits)
  }

  mutating func clusterID() -> String {
    defer { count += 1 }
    return "cluster\(count)"
  }

  private func clusterTitle(_ node: Node) -> String {
    switch node.kind {
    case .sequence: return node.name
    case .call(let invocation):
      return node.name == invocation.workflow
        ? "call \(node.name)" : "\(node.name): call \(invocation.workflow)"
    default: return node.name == node.kind.name ? node.name : "\(node.name) · \(node.kind.name)"
    }
  }

  mutating func sequence(_ children: [Int]) -> Fragment {
    guard let first = children.first else {
      let point = shape(.join, "")
      return Fragment(elements: [.shape(point)], entry: point.id, exits: [Exit(id: point.id)])
    }
    var whole = fragment(plan.nodes[first])
    for child in children.dropFirst() {
      let next = fragment(plan.nodes[child])
      connect(whole.exits, to: next.entry)
      whole.elements += next.elements
      whole.exits = next.exits
    }
    return whole
  }
}
