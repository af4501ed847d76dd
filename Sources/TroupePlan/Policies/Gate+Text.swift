extension Gate {
  /// Who decides: `by code`, `by independent review`, `by review of 2 of 3 passing 0.8`.
  package var reviewText: String {
    guard let review else { return "by code" }
    let quorum = review.quorum.map { " of \($0.text)" } ?? ""
    let score = review.passing.map { " passing \(JSONValue.number($0).canonicalText)" } ?? ""
    return "by \(review.adjective)review\(quorum)\(score)"
  }
}

extension Plan {
  /// The role that reviews for a gate; `nil` for a gate of code.
  package func reviewer(of gate: Gate) -> Role.ID? {
    guard let review = gate.review else { return nil }
    return nodes[review.node].role ?? nodes[review.node].children.first.flatMap { nodes[$0].role }
  }
}

extension Gate.Review {
  /// `independent `, or nothing.
  package var adjective: String { isIndependent ? "independent " : "" }
}
