import TroupePlan

extension Program {
  /// The program with the limits that were raised in its run; what the plan no longer has, or has
  /// a larger limit for, is left alone.
  func keeping(_ raised: [RaisedLimit]) -> Program {
    guard !raised.isEmpty else { return self }
    var plan = plan
    let nodes = Dictionary(plan.nodes.map { ($0.path, $0.id) }) { first, _ in first }
    for raised in raised {
      if let node = nodes[raised.path] { plan.nodes[node].raise(raised.limit) }
    }
    return Program(
      plan: plan, diagnostics: diagnostics, input: input, output: output, bodies: bodies,
      layout: layout)
  }

  /// The limits among some that are really raised; one that is so large already is none.
  ///
  /// - Throws: `LimitRefused` for a step or a limit that the plan does not have, and for one that
  ///   would be lowered.
  func raisable(_ asked: [RaisedLimit]) throws(LimitRefused) -> [RaisedLimit] {
    var raised: [RaisedLimit] = []
    for asked in asked {
      guard let node = plan.node(at: asked.path) else {
        let nearest = Nearest.match(
          asked.path.description,
          in: plan.nodes.filter { $0.current(asked.limit) != nil }.map(\.path.description))
        throw LimitRefused(asked, .unknownStep(nearest: nearest))
      }
      guard let current = node.current(asked.limit) else {
        throw LimitRefused(asked, .noSuchLimit)
      }
      if asked.limit.isLess(than: current) { throw LimitRefused(asked, .less(than: current)) }
      if current.isLess(than: asked.limit) { raised.append(asked) }
    }
    return raised
  }
}
