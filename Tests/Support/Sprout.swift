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
  package var all: [Sprout] { [self] + (children + fallback).flatMap(\.all) }

  /// Gives the step and all in it their identities.
  package mutating func number(from first: Int) -> Int {
    id = first
    var next = first + 1
    for index in children.indices { next = children[index].number(from: next) }
    for index in fallback.indices { next = fallback[index].number(from: next) }
    return next
  }

  /// The plan with this step as its root.
  package var plan: Plan {
    Plan(
      workflow: "random", input: Self.use("0:in"), output: Self.use("0:out"),
      nodes: nodes(at: Path(root: "\(id)")))
  }

  private func nodes(at path: Path) -> [Node] {
    [node(at: path)]
      + (children + fallback).flatMap { $0.nodes(at: path.appending("\($0.id)")) }
  }

  private func node(at path: Path) -> Node {
    var node = Node(
      id: id, path: path, kind: nodeKind, name: "\(id)",
      reads: reads.map(Self.use), writes: writes.map { [Self.use($0)] } ?? [],
      children: children.map(\.id), fallback: fallback.first?.id)
    if !judges.isEmpty {
      node.policies.gates = [Gate("gate", judges: judges.map(Self.use), otherwise: .fail)]
    }
    return node
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
