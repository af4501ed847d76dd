/// Finds limits of time that a shorter limit around them makes useless.
enum LimitCheck {
  static func problems(in nodes: [Node], _ shape: PlanShape) -> [Problem] {
    guard
      nodes.withPolicies.contains(where: {
        nodes[$0].policies.timeout != nil || nodes[$0].policies.deadline != nil
      })
    else { return [] }
    var problems: [Problem] = []
    // For each node, the tightest limit on what stands in it; its fallback and its reviews have
    // only the deadline.
    var inside: [Problem.Limit?] = []
    inside.reserveCapacity(nodes.count)
    var instances: [Problem.Limit?] = []
    instances.reserveCapacity(nodes.count)
    for node in nodes {
      let parent = shape.parent(of: node.id)
      let outer = parent.flatMap { nodes[$0].hasAside(node.id) ? instances[$0] : inside[$0] }
      var tightest = outer
      for (kind, duration) in [
        (Problem.Limit.Kind.deadline, node.policies.deadline), (.timeout, node.policies.timeout),
        waiting(node.kind),
      ] {
        if let duration {
          let limit = Problem.Limit(node: node.id, kind: kind, duration: duration)
          if let outer = tightest, duration > outer.duration {
            problems.append(.longerLimit(inner: limit, outer: outer))
          } else {
            tightest = limit
          }
        }
        if kind == .deadline { instances.append(tightest) }
      }
      inside.append(tightest)
    }
    return problems
  }

  /// The time that a wait sets itself.
  private static func waiting(_ kind: Node.Kind) -> (Problem.Limit.Kind, Duration?) {
    switch kind {
    case .wait(.signal(let signal)): (.within, signal.within)
    case .wait(.span(let length)): (.span, length)
    default: (.within, nil)
    }
  }
}
