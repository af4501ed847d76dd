/// What lies in a node, in the order of the plan.
extension Node {
  /// Calls a closure with each node that stands in this one: its children, its fallback, the
  /// reviews of its gates, the rungs of its escalation, and its compensations.
  package func forEachPart(_ body: (Int) throws -> Void) rethrows {
    for child in children { try body(child) }
    if let fallback { try body(fallback) }
    for gate in gates { if let review = gate.review { try body(review.node) } }
    for rung in rungs { try body(rung) }
    for undoing in compensation?.nodes ?? [] { try body(undoing) }
  }

  /// What stands in the node beside its children: its fallback, the reviews of its gates, the rungs
  /// of its escalation, and its compensations.
  package var asides: [Int] {
    (fallback.map { [$0] } ?? []) + gates.compactMap(\.review?.node) + rungs
      + (compensation?.nodes ?? [])
  }

  /// Whether a part of the node undoes its work.
  package func isCompensation(_ part: Int) -> Bool { compensation?.nodes.contains(part) ?? false }

  /// Whether a part of the node stands beside its children.
  package func hasAside(_ part: Int) -> Bool {
    fallback == part || gates.contains { $0.review?.node == part } || rungs.contains(part)
      || isCompensation(part)
  }

  /// The gate for which a part of the node reviews.
  package func gate(reviewedBy part: Int) -> Gate? {
    gates.first { $0.review?.node == part }
  }

  /// The sequences that may be done in the node's place: its fallback and those of its escalation.
  package var standIns: [Int] { (fallback.map { [$0] } ?? []) + rungs(isFallback: true) }

  /// Whether a part of the node is done in its place.
  package func isStandIn(_ part: Int) -> Bool {
    fallback == part || rungs(isFallback: true).contains(part)
  }

  /// Whether a part of the node is asked what is to be done about it.
  package func isQuestion(_ part: Int) -> Bool { rungs(isFallback: false).contains(part) }

  private func rungs(isFallback: Bool) -> [Int] {
    guard !rungs.isEmpty, let escalation = policies.escalation else { return [] }
    return escalation.rungs.compactMap { _, rung in
      if case .fallback = rung {
        isFallback ? rung.node : nil
      } else {
        isFallback ? nil : rung.node
      }
    }
  }
}
