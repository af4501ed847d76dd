/// What lies in a node, in the order of the plan.
extension Node {
  /// Calls a closure with each node that stands in this one: its children, its fallback, and the
  /// reviews of its gates.
  package func forEachPart(_ body: (Int) throws -> Void) rethrows {
    for child in children { try body(child) }
    if let fallback { try body(fallback) }
    for gate in gates { if let review = gate.review { try body(review.node) } }
  }

  /// What stands in the node beside its children: its fallback, and the reviews of its gates.
  package var asides: [Int] { (fallback.map { [$0] } ?? []) + gates.compactMap(\.review?.node) }

  /// Whether a part of the node stands beside its children.
  package func hasAside(_ part: Int) -> Bool {
    fallback == part || gates.contains { $0.review?.node == part }
  }

  /// The gate for which a part of the node reviews.
  package func gate(reviewedBy part: Int) -> Gate? {
    gates.first { $0.review?.node == part }
  }
}
