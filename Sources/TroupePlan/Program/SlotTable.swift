/// What the artifacts of a program are called and of which type they are, by their slots.
package struct SlotTable: Sendable {
  private let program: Program
  /// The type of each artifact, as far as the program says it.
  private let types: [ValueType?]

  package init(_ program: Program) {
    self.program = program
    var types = [ValueType?](repeating: nil, count: program.layout.count)
    if types.indices.contains(program.layout.input) { types[program.layout.input] = program.input }
    // A call gives what is inside of it, which stands behind it in the plan, or what it reads,
    // which usually stands before it; so one way there and one back find all there is.
    let nodes = program.plan.nodes.indices
    for id in Array(nodes.reversed()) + nodes {
      guard let slot = program.layout.write(id), types[slot] == nil else { continue }
      types[slot] = Self.type(of: id, program, types)
    }
    self.types = types
  }

  private static func type(
    of id: Int, _ program: Program, _ types: [ValueType?]
  ) -> ValueType? {
    switch program.bodies[id].work {
    case .code(_, let output), .assignment(_, let output): return output
    case .signal(let payload): return payload
    case .fanOut(let spreading): return spreading.collected
    case .none, .effect, .choose, .repeat, .instant: break
    }
    guard case .call = program.plan.nodes[id].kind else { return nil }
    let crossing = program.layout.crossing(id)
    if let inner = types[crossing.output] { return inner }
    guard crossing.input == crossing.output else { return nil }
    return program.layout.reads(id).first.flatMap { types[Int($0)] }
  }

  /// The type of the artifact in a slot.
  package func type(of slot: Int) -> ValueType? {
    types.indices.contains(slot) ? types[slot] : nil
  }

  /// The artifacts that the steps inside of a node write in its own scope, by their names.
  package func written(inside node: Int) -> [String: Int] {
    var slots: [String: Int] = [:]
    var open = program.plan.nodes[node].children
    while let id = open.popLast() {
      let step = program.plan.nodes[id]
      if let slot = program.layout.write(id), let name = step.writes.first?.name {
        slots[name] = slot
      }
      open += step.standIns
      switch step.kind {
      case .fanOut, .call: break
      default: open += step.children
      }
    }
    return slots
  }

  /// The artifacts of the workflow's own scope, by their names.
  package var outermost: [String: Int] {
    var slots = program.plan.nodes.isEmpty ? [:] : written(inside: 0)
    slots[program.plan.input.name] = program.layout.input
    return slots
  }
}
