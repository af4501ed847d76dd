/// Gates judge what their node itself surely writes; that it was written before is not enough.
extension Assignment {
  mutating func checkGates(_ id: Int) {
    let isPlain = nodes[id].fallback == nil
    for index in nodes[id].policies.gates.indices {
      for slot in layout.judges(id, gate: index) {
        if isPlain, layout.write(id) == slot { continue }
        if !Sureness(nodes: nodes, layout: layout).writes(id, slot) {
          problems.append(.unwrittenJudged(node: id, gate: index, slot: slot))
        }
      }
    }
  }
}
