/// Where the artifacts of a plan live in a run's memory: each (scope, name) has a slot.
///
/// A called workflow and the body of a fan-out have scopes of their own; a fan-out's body sees its
/// surroundings, a called workflow does not.
package struct Layout: Sendable {
  /// The number of slots.
  package private(set) var count = 0
  /// The slot of the run's input.
  package private(set) var input = 0
  /// The slot of the run's output.
  package private(set) var output = 0
  /// For each node, the slots first named in it, which are contiguous.
  ///
  /// A dataflow with a fan-out names what its children write before it comes to them.
  package private(set) var ranges: [Range<Int>] = []

  private var outermost: Set<Int> = []
  private var slots: [Int32] = []
  private var starts: [Int32] = []
  private var judged: [Int: [[Int]]] = [:]
  private var inner: [Int: (input: Int, output: Int)] = [:]

  /// The slots of what a node reads, in the order of its `reads`.
  package func reads(_ node: Int) -> ArraySlice<Int32> {
    slots[Int(starts[2 * node])..<Int(starts[2 * node + 1])]
  }

  /// The slot of what a node writes, or `nil` if it writes nothing itself.
  package func write(_ node: Int) -> Int? {
    let start = Int(starts[2 * node + 1])
    return start < Int(starts[2 * node + 2]) ? Int(slots[start]) : nil
  }

  /// The slots of what a gate of a node judges.
  package func judges(_ node: Int, gate: Int) -> [Int] {
    judged[node]?[gate] ?? []
  }

  /// The slots by which a fan-out or a call binds its inner scope.
  package func crossing(_ node: Int) -> (input: Int, output: Int) {
    inner[node] ?? (0, 0)
  }

  /// Whether a slot belongs to the workflow's own scope.
  package func isOutermost(_ slot: Int) -> Bool { outermost.contains(slot) }

  package init(_ plan: Plan) {
    starts.reserveCapacity(plan.nodes.count * 2 + 1)
    slots.reserveCapacity(plan.nodes.count * 2)
    ranges.reserveCapacity(plan.nodes.count)
    starts.append(0)
    var builder = Builder(plan)
    input = builder.slot(plan.input.name, scope: 0)
    if !plan.nodes.isEmpty { visit(0, scope: 0, &builder) }
    output = builder.slot(plan.output.name, scope: 0)
    count = builder.count
    outermost = Set(builder.scopes[0].slots.values)
  }

  private mutating func visit(_ id: Int, scope: Int, _ builder: inout Builder) {
    let first = builder.count
    ranges.append(first..<first)
    let nodes = builder.plan.nodes
    for use in nodes[id].reads { slots.append(Int32(builder.slot(use.name, scope: scope))) }
    starts.append(Int32(slots.count))
    for use in nodes[id].writes { slots.append(Int32(builder.slot(use.name, scope: scope))) }
    starts.append(Int32(slots.count))
    if nodes[id].kind == .stage, !nodes[id].hasPolicies, nodes[id].fallback == nil {
      ranges[id] = first..<builder.count
      return
    }
    visitParts(of: nodes[id], from: first, scope: scope, &builder)
  }

  private mutating func visitParts(
    of node: Node, from first: Int, scope: Int, _ builder: inout Builder
  ) {
    let id = node.id
    var inside = scope
    switch node.kind {
    case .dataflow where builder.hasFanOuts:
      // An element may read what a child declared after its fan-out writes.
      declareWrites(inside: node, scope: scope, &builder)
    case .fanOut(let spread):
      inside = builder.open(parent: scope)
      inner[id] = (
        builder.slot(spread.element.name, scope: inside, isOwn: true),
        builder.slot(spread.result.name, scope: inside, isOwn: true)
      )
    case .call(let invocation):
      inside = builder.open(parent: nil)
      inner[id] = (
        builder.slot(invocation.input.name, scope: inside),
        builder.slot(invocation.output.name, scope: inside)
      )
    default:
      break
    }
    for child in node.children { visit(child, scope: inside, &builder) }
    if let fallback = node.fallback { visit(fallback, scope: scope, &builder) }
    if !node.gates.isEmpty {
      judged[id] = node.gates.map { gate in
        gate.judges.map { builder.slot($0.name, scope: scope) }
      }
      for gate in node.gates {
        guard let review = gate.review?.node else { continue }
        // In a scope of its own, because gates of other steps have reviews as well.
        let inside = builder.open(parent: scope)
        for use in builder.plan.nodes[review].writes {
          _ = builder.slot(use.name, scope: inside, isOwn: true)
        }
        visit(review, scope: inside, &builder)
      }
    }
    for rung in node.rungs {
      // What is told and decided has a scope of its own; what is done instead does not.
      let inside = node.isQuestion(rung) ? builder.open(parent: scope) : scope
      if inside != scope {
        for use in builder.plan.nodes[rung].reads + builder.plan.nodes[rung].writes {
          _ = builder.slot(use.name, scope: inside, isOwn: true)
        }
      }
      visit(rung, scope: inside, &builder)
    }
    for undoing in node.compensation?.nodes ?? [] { visit(undoing, scope: scope, &builder) }
    ranges[id] = first..<builder.count
  }

  private func declareWrites(inside node: Node, scope: Int, _ builder: inout Builder) {
    for id in node.children {
      let child = builder.plan.nodes[id]
      for use in child.writes { _ = builder.slot(use.name, scope: scope) }
      for standIn in child.standIns {
        declareWrites(inside: builder.plan.nodes[standIn], scope: scope, &builder)
      }
      switch child.kind {
      case .fanOut, .call: break
      default: declareWrites(inside: child, scope: scope, &builder)
      }
    }
  }

  /// Hands out slots and resolves names from the innermost scope outward.
  private struct Builder {
    let plan: Plan
    let hasFanOuts: Bool
    var count = 0
    var scopes: [(parent: Int?, slots: [String: Int])] = [(nil, [:])]

    init(_ plan: Plan) {
      self.plan = plan
      hasFanOuts = plan.nodes.contains { if case .fanOut = $0.kind { true } else { false } }
    }

    mutating func open(parent: Int?) -> Int {
      scopes.append((parent, [:]))
      return scopes.count - 1
    }

    mutating func slot(_ name: String, scope: Int, isOwn: Bool = false) -> Int {
      var current: Int? = scope
      while let index = current {
        if let slot = scopes[index].slots[name] { return slot }
        current = isOwn ? nil : scopes[index].parent
      }
      scopes[scope].slots[name] = count
      count += 1
      return count - 1
    }
  }
}
