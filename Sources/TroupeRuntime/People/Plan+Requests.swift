import TroupePlan

extension Plan {
  /// The gate for which a stage reviews, and the step that has the gate; `nil` if the stage reviews
  /// nothing.
  func reviewed(by stage: Int) -> (gate: Gate, step: Int)? {
    guard nodes[stage].path.isReview else { return nil }
    for node in nodes {
      for gate in node.gates {
        guard let review = gate.review else { continue }
        // The stage of several reviewers comes right after the node that stands for all of them.
        if review.node == stage || review.quorum != nil && review.node == stage - 1 {
          return (gate, node.id)
        }
      }
    }
    return nil
  }

  /// What a stage of a person asks for.
  func purpose(of stage: Int) -> Inbox.Purpose {
    reviewed(by: stage).map { .review(gate: $0.gate.name) } ?? .assignment
  }

  /// What happens when nobody answers a request in time, in words.
  package func silence(at stage: Int) -> String {
    let node = nodes[stage]
    if node.policies.timeout != nil, let retry = node.policies.retry, retry.attempts > 1 {
      return "it is asked for again, \(retry.attempts) times in all"
    }
    var parents = Array(repeating: -1, count: nodes.count)
    for node in nodes { node.forEachPart { parents[$0] = node.id } }
    var (step, isFirst) = (stage, true)
    while step >= 0 {
      let name = "'\(nodes[step].path)'"
      if nodes[step].fallback != nil { return "the fallback of \(name) begins" }
      switch nodes[step].kind {
      case .race where !isFirst: return "the race \(name) goes on without it"
      case .fanOut(let spread) where !isFirst && spread.tolerated > 0:
        return nodes[step].path.isReview
          ? "it is a vote less for \(name)" : "\(name) goes on without it, if it tolerates that"
      default: break
      }
      (step, isFirst) = (parents[step], false)
    }
    let failing = reviewed(by: stage).map { nodes[$0.step].path } ?? node.path
    return "'\(failing)' fails, and the run stops"
  }
}
