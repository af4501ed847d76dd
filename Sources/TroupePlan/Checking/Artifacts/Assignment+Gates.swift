/// Gates judge what their node itself surely writes, those of a stage also what it reads; that it
/// was written before is not enough.
extension Assignment {
  mutating func checkGates(_ id: Int) {
    let isPlain = nodes[id].standIns.isEmpty
    var isStage = false
    if case .stage = nodes[id].kind { isStage = true }
    for (index, gate) in nodes[id].gates.enumerated() {
      for slot in layout.judges(id, gate: index) {
        if isPlain, layout.write(id) == slot { continue }
        if isStage, layout.reads(id).contains(Int32(slot)) { continue }
        if !Sureness(nodes: nodes, layout: layout).writes(id, slot) {
          problems.append(.unwrittenJudged(node: id, gate: index, slot: slot))
        }
      }
      if let review = gate.review { visitReview(review.node, of: id, gate: index) }
    }
  }

  /// A review sees what its gate judges, and hands nothing on but its verdict.
  private mutating func visitReview(_ review: Int, of id: Int, gate: Int) {
    let start = trail.count
    // That it may be unwritten is said of the gate.
    for slot in layout.judges(id, gate: gate) { mark(slot) }
    visit(review)
    forget(to: start)
  }
}
