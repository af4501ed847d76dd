/// What a plan says of each artifact: its name, its type, who reads and writes it.
///
/// Made in one pass over the nodes; arrays are indexed by slot.
struct ArtifactTable {
  private(set) var names: [String]
  /// The first mention of each artifact; `nil` where a layout has a slot without any.
  private(set) var firsts: [Problem.Mention?]
  /// Whether anything reads, judges, collects or returns it.
  private(set) var isUsed: [Bool]
  /// The first node that writes it, or `-1`.
  private(set) var writers: [Int32]
  /// Artifacts with two types, once for each node and place.
  private(set) var problems: [Problem] = []

  init(_ plan: Plan, _ layout: Layout) {
    names = Array(repeating: "", count: layout.count)
    firsts = Array(repeating: nil, count: layout.count)
    isUsed = Array(repeating: false, count: layout.count)
    writers = Array(repeating: -1, count: layout.count)
    mention(plan.input, layout.input, 0, .input)
    mention(plan.output, layout.output, 0, .output)
    isUsed[layout.output] = true
    for id in plan.nodes.indices { collect(plan.nodes, id, layout) }
    let withPolicies = plan.nodes.withPolicies
    for id in withPolicies {
      let node = plan.nodes[id]
      // What is written may only be needed to undo it.
      if node.compensation != nil, let slot = layout.write(node.id) { isUsed[slot] = true }
      for rung in node.rungs where node.isQuestion(rung) {
        if let slot = layout.write(rung) { isUsed[slot] = true }
      }
    }
    // A container's gates come after what is inside it, so that a mistake is told of them.
    for id in withPolicies where !plan.nodes[id].gates.isEmpty {
      collectGates(plan.nodes[id].policies.gates, id, layout)
    }
  }

  private mutating func collect(_ nodes: [Node], _ id: Int, _ layout: Layout) {
    for (use, slot) in zip(nodes[id].reads, layout.reads(id)) {
      mention(use, Int(slot), id, .reads)
      isUsed[Int(slot)] = true
    }
    if let use = nodes[id].writes.first, let slot = layout.write(id) {
      mention(use, slot, id, .writes)
      if writers[slot] < 0 { writers[slot] = Int32(id) }
    }
    switch nodes[id].kind {
    case .fanOut(let spread):
      let crossing = layout.crossing(id)
      mention(spread.element, crossing.input, id, .element)
      mention(spread.result, crossing.output, id, .result)
      isUsed[crossing.output] = true
    case .call(let invocation):
      let crossing = layout.crossing(id)
      mention(invocation.input, crossing.input, id, .input)
      mention(invocation.output, crossing.output, id, .output)
      isUsed[crossing.output] = true
    default: break
    }
  }

  private mutating func collectGates(_ gates: [Gate], _ id: Int, _ layout: Layout) {
    for (index, gate) in gates.enumerated() {
      for (use, slot) in zip(gate.judges, layout.judges(id, gate: index)) {
        mention(use, slot, id, .judges(gate: index))
        isUsed[slot] = true
      }
      if let review = gate.review, let slot = layout.write(review.node) { isUsed[slot] = true }
    }
  }

  private mutating func mention(
    _ use: ArtifactUse, _ slot: Int, _ node: Int, _ place: Problem.Mention.Place
  ) {
    guard let first = firsts[slot] else {
      names[slot] = use.name
      firsts[slot] = Problem.Mention(node: node, place: place, type: use.type)
      return
    }
    guard first.type != use.type else { return }
    problems.append(
      .twoTypes(
        slot: slot, first: first,
        second: Problem.Mention(node: node, place: place, type: use.type)))
  }
}
