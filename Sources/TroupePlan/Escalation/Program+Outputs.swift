/// What a step hands on that others need.
extension Program {
  /// An artifact that a step surely writes and others read.
  package struct Output: Sendable {
    package let name: String
    package let slot: Int
    package let type: ValueType
  }

  /// What a step surely writes and something outside of it, or a gate, reads; in order of the
  /// slots.
  ///
  /// `nil` if the type of one of them is not known.
  package func outputs(of id: Int) -> [Output]? {
    let table = SlotTable(self)
    if let slot = layout.write(id) {
      guard let type = table.type(of: slot) else { return nil }
      return [Output(name: plan.nodes[id].writes.first?.name ?? "", slot: slot, type: type)]
    }
    guard !plan.nodes[id].children.isEmpty else { return [] }
    let part = PlanShape(plan.nodes).part(of: id)
    let sureness = Sureness(nodes: plan.nodes, layout: layout)
    var outputs: [Output] = []
    for (name, slot) in table.written(inside: id).sorted(by: { $0.value < $1.value })
    where sureness.writes(id, slot) && isRead(slot, outside: part) {
      guard let type = table.type(of: slot) else { return nil }
      outputs.append(Output(name: name, slot: slot, type: type))
    }
    return outputs
  }

  private func isRead(_ slot: Int, outside part: Range<Int>) -> Bool {
    if slot == layout.output { return true }
    for id in plan.nodes.indices {
      for gate in plan.nodes[id].gates.indices
      where (id == part.lowerBound || !part.contains(id))
        && layout.judges(id, gate: gate).contains(slot)
      {
        return true
      }
      guard !part.contains(id) else { continue }
      if layout.reads(id).contains(Int32(slot)) { return true }
      switch plan.nodes[id].kind {
      case .call, .fanOut: if layout.crossing(id).output == slot { return true }
      default: break
      }
    }
    return false
  }
}
