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

  /// The step about which a stage asks at a rung of its ladder; `nil` if the stage is no such one.
  package func questioned(by stage: Int) -> Int? {
    nodes.first { $0.policies.escalation?.number(of: stage) != nil }?.id
  }

  /// What a stage of a person asks for, where it asks about no other step.
  func purpose(of stage: Int) -> Inbox.Purpose {
    reviewed(by: stage).map { .review(gate: $0.gate.name) } ?? .assignment
  }

  /// What happens when nobody answers a request in time, in words.
  ///
  /// - Parameter isOwn: Whether it is the timeout of the stage that passes first, and not a limit
  ///   of what it stands in or its deadline.
  func silence(at stage: Int, isOwn: Bool) -> String {
    if isOwn, let retry = nodes[stage].policies.retry, retry.attempts > 1 {
      return "it is asked for again, \(retry.attempts) times in all"
    }
    var parents = Array(repeating: -1, count: nodes.count)
    for node in nodes { node.forEachPart { parents[$0] = node.id } }
    var step = stage
    // What a deadline ends has no fallback; what a timeout ends has.
    var hasFallback = true
    if !isOwn {
      while step >= 0, nodes[step].policies.deadline == nil {
        if step != stage, nodes[step].policies.timeout != nil { break }
        step = parents[step]
      }
      if step < 0 { step = stage }
      hasFallback = nodes[step].policies.deadline == nil
    }
    var inner = -1
    while step >= 0 {
      let (node, name) = (nodes[step], "'\(nodes[step].path)'")
      if hasFallback, let fallback = node.fallback, fallback != inner {
        return "the fallback of \(name) begins"
      }
      switch node.kind {
      case .race where inner >= 0: return "the race \(name) goes on without it"
      case .fanOut(let spread) where inner >= 0 && spread.tolerated > 0:
        return node.path.isReview
          ? "it is a vote less for \(name)" : "\(name) goes on without it, if it tolerates that"
      default: break
      }
      (inner, step, hasFallback) = (step, parents[step], true)
    }
    let failing = reviewed(by: stage).map { nodes[$0.step].path } ?? nodes[stage].path
    return "'\(failing)' fails, and the run stops"
  }
}

extension Program {
  /// What an answer to a stage's request delivers.
  ///
  /// - Returns: The value; `nil` if its type is not known.
  /// - Throws: `Unfit`.
  func value(
    of answer: Inbox.Answer, for purpose: Inbox.Purpose, from stage: Int
  ) throws(Inbox.Answer.Unfit) -> (any Sendable)? {
    let value = try answer.value(
      for: purpose, as: bodies[stage].work.output,
      passing: plan.reviewed(by: stage)?.gate.review?.passing)
    if let resolution = value as? Resolution, let step = plan.questioned(by: stage),
      let objection = outputs(of: step)?.objection(to: resolution)
    {
      throw Inbox.Answer.Unfit(objection)
    }
    return value
  }

  /// Whether what can be supplied to a request of a stage is text.
  package func asksForText(_ stage: Int) -> Bool {
    if let step = plan.questioned(by: stage) {
      return outputs(of: step).map { $0.count == 1 && $0[0].type.isText } ?? false
    }
    return bodies[stage].work.output?.isText ?? false
  }
}
