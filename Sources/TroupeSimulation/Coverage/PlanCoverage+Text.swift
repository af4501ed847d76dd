import TroupePlan

extension PlanCoverage: CustomStringConvertible {
  /// How much of the plan was covered, and what never happened, each with its place.
  public var description: String {
    let covered = points.count - missing.count
    let percent = Int((fraction * 100).rounded(.down))
    let head =
      "\(plan.workflow): \(covered) of \(points.count) covered (\(percent) %) in \(runs) "
      + "\(runs == 1 ? "run" : "runs")"
    guard !missing.isEmpty else { return head }
    let parents = parents
    return
      ([head + "; what never happened:"]
      + missing.map { point in
        let node = plan.nodes[point.node]
        let place = location(of: point, node).map { "\($0.shown): " } ?? ""
        let label = node.label(in: parents[node.id].map { plan.nodes[$0] })
        return "  \(place)\(label) \(point.occurrence.never)"
      }).joined(separator: "\n")
  }

  /// The node that each node stands in.
  private var parents: [Int: Int] {
    var parents: [Int: Int] = [:]
    for node in plan.nodes {
      node.forEachPart { parents[$0] = node.id }
    }
    return parents
  }

  /// Where the thing was declared: the gate or the branch, else the node.
  private func location(of point: Point, _ node: Node) -> SourceLocation? {
    switch point.occurrence {
    case .accepts(let gate), .rejects(let gate):
      node.policies.gates.first { $0.name == gate }?.location ?? node.location
    case .chooses(let branch):
      node.children.first { plan.nodes[$0].name == branch }.flatMap { plan.nodes[$0].location }
        ?? node.location
    default: node.location
    }
  }
}

extension PlanCoverage.Point.Occurrence {
  /// What is said when it never happened.
  fileprivate var never: String {
    switch self {
    case .runs: "never ran"
    case .isRetried: "was never retried"
    case .timesOut: "never timed out"
    case .missesDeadline: "never missed its deadline"
    case .accepts(let gate): "was never accepted by gate '\(gate)'"
    case .rejects(let gate): "was never rejected by gate '\(gate)'"
    case .chooses(let branch): "never chose '\(branch)'"
    case .choosesNothing: "always chose something"
    case .goesRoundAgain: "never went round a second time"
    case .endsEarly: "never ended early"
    case .fallsBack: "never needed its fallback"
    case .reaches(let rung): "never came to rung \(rung) of its ladder"
    case .missesSignal: "never missed its signal"
    case .isInDoubt: "was never in doubt"
    }
  }
}
