/// A plan together with the closures of the workflow it was compiled from: what a runtime runs.
public struct Program: Sendable {
  /// What is to be done, as data.
  public let plan: Plan
  /// The warnings and hints that compiling gave.
  public let diagnostics: [Diagnostic]
  /// The type of the input: how it is read, written and described.
  package let input: ValueType
  /// The type of the output: how it is read, written and described.
  package let output: ValueType
  /// The closures of each node, by its identity.
  package let bodies: [Body]
  /// Where each node finds its artifacts in a run's memory.
  package let layout: Layout
  /// What a runtime asks about each node.
  package let traits: [NodeTraits]
  /// The nodes that have policies.
  package let withPolicies: [Int]
  /// The estimate that holds for each node, its own or that of what it stands in; empty if none is
  /// declared.
  private let estimates: [Estimate?]
  /// The priority of each node, its own or that of what it stands in; empty if none is declared.
  private let priorities: [Int]
  /// The plan's fingerprint, found out when it is first asked for and then kept: every durable run
  /// asks, and it takes as long as writing the plan.
  package var fingerprint: String { memo.value { plan.fingerprint } }

  private var memo = Memo<String>()
  /// The types of the payloads of the signals that the program waits for, by their names.
  package let signals: [String: ValueType]

  package init(
    plan: Plan, diagnostics: [Diagnostic], input: ValueType, output: ValueType, bodies: [Body],
    layout: Layout
  ) {
    self.plan = plan
    self.diagnostics = diagnostics
    self.input = input
    self.output = output
    self.bodies = bodies
    self.layout = layout
    traits = NodeTraits.of(plan)
    withPolicies = plan.nodes.withPolicies
    priorities = Self.priorities(plan, withPolicies)
    estimates = Self.estimates(plan, withPolicies)
    var signals: [String: ValueType] = [:]
    for id in bodies.indices {
      if case .signal(let payload) = bodies[id].work,
        case .wait(.signal(let signal)) = plan.nodes[id].kind
      {
        signals[signal.name] = payload
      }
    }
    self.signals = signals
  }

  /// The priority of a node: its own, or that of the innermost step around it that has one, or 0.
  package func priority(of node: Int) -> Int { priorities.isEmpty ? 0 : priorities[node] }

  /// What an assignment of a node may use up: as the node says, or the innermost step around it
  /// that says it.
  package func estimate(of node: Int) -> Estimate? { estimates.isEmpty ? nil : estimates[node] }

  private static func estimates(_ plan: Plan, _ withPolicies: [Int]) -> [Estimate?] {
    guard withPolicies.contains(where: { plan.nodes[$0].policies.estimate != nil }) else {
      return []
    }
    var estimates: [Estimate?] = Array(repeating: nil, count: plan.nodes.count)
    for id in plan.nodes.indices {
      if let own = plan.nodes[id].policies.estimate { estimates[id] = own }
      plan.nodes[id].forEachPart { estimates[$0] = estimates[id] }
    }
    return estimates
  }

  private static func priorities(_ plan: Plan, _ withPolicies: [Int]) -> [Int] {
    guard withPolicies.contains(where: { plan.nodes[$0].policies.priority != nil }) else {
      return []
    }
    var priorities = Array(repeating: 0, count: plan.nodes.count)
    // Parents come before their children.
    for id in plan.nodes.indices {
      if let own = plan.nodes[id].policies.priority { priorities[id] = own }
      plan.nodes[id].forEachPart { priorities[$0] = priorities[id] }
    }
    return priorities
  }

  /// The same plan with other closures.
  package func replacing(bodies: [Body]) -> Program {
    var program = Program(
      plan: plan, diagnostics: diagnostics, input: input, output: output, bodies: bodies,
      layout: layout)
    program.memo = memo
    return program
  }
}
