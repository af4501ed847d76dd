/// One step of a plan.
///
/// Nodes stand in a flat list in pre-order: a node comes before its children, and the children of
/// one node in the order of their declaration.
public struct Node: Sendable, Identifiable {
  /// The position in the plan's list of nodes.
  public var id: Int
  /// The place in the plan, by which journals, reports and tests name the node.
  public var path: Path
  /// What the node does with its children, or that it is work itself.
  public var kind: Kind
  /// The name as it was declared, or the kind's where none was given.
  public var name: String
  /// The role that does the work; `nil` for code and containers.
  public var role: Role.ID?
  /// What the node itself reads; what its children read stands with them.
  public var reads: [ArtifactUse]
  /// What the node itself writes.
  public var writes: [ArtifactUse]
  /// What holds for the node beside its work.
  public var policies: Policies {
    get { if case .some(let policies) = declared { policies } else { Policies() } }
    set { declared = newValue.isEmpty ? .none : .some(newValue) }
  }
  /// Whether the node has policies at all, which most have not.
  package var hasPolicies: Bool {
    if case .some = declared { true } else { false }
  }
  /// The gates of the node's policies.
  package var gates: [Gate] {
    if case .some(let policies) = declared { policies.gates } else { [] }
  }
  /// The nodes of the plan that are rungs of the node's escalation.
  package var rungs: [Int] {
    if case .some(let policies) = declared { policies.escalation?.nodes ?? [] } else { [] }
  }
  /// What undoes the node's work, if something does.
  package var compensation: Compensation? {
    if case .some(let policies) = declared { policies.compensation } else { nil }
  }
  /// The nodes inside, in order of declaration, without the fallback, the reviews of gates, the
  /// rungs of the escalation and the compensations.
  public var children: [Int]
  /// The sequence that runs when the node has finally failed.
  public var fallback: Int?
  /// Where the step was declared; left out of equality and fingerprint.
  public var location: SourceLocation?

  private var declared: Declared

  /// The policies behind a reference, because most nodes have none and a plan has many nodes.
  private indirect enum Declared: Sendable {
    case none
    case some(Policies)
  }

  /// Creates a node.
  public init(
    id: Int, path: Path, kind: Kind, name: String, role: Role.ID? = nil,
    reads: [ArtifactUse] = [], writes: [ArtifactUse] = [], policies: Policies = Policies(),
    children: [Int] = [], fallback: Int? = nil, location: SourceLocation? = nil
  ) {
    self.id = id
    self.path = path
    self.kind = kind
    self.name = name
    self.role = role
    self.reads = reads
    self.writes = writes
    declared = policies.isEmpty ? .none : .some(policies)
    self.children = children
    self.fallback = fallback
    self.location = location
  }
}

extension [Node] {
  /// The nodes that have policies: what is rare in a plan, as gates, limits, budgets, ladders and
  /// compensations, is found by looking at these only.
  package var withPolicies: [Int] {
    // By index, because copying nodes costs more than what is asked of them.
    indices.filter { self[$0].hasPolicies }
  }
}

extension Node: Equatable {
  /// Nodes are equal where they mean the same, wherever they were declared.
  public static func == (left: Node, right: Node) -> Bool {
    left.id == right.id && left.path == right.path && left.kind == right.kind
      && left.name == right.name && left.role == right.role && left.reads == right.reads
      && left.writes == right.writes && left.policies == right.policies
      && left.children == right.children && left.fallback == right.fallback
  }
}
