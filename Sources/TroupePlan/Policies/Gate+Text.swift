extension Gate {
  /// Who decides: `by code`, `by review`, `by review passing 0.8`.
  package var reviewText: String {
    guard let review else { return "by code" }
    return "by review"
      + (review.passing.map { " passing \(JSONValue.number($0).canonicalText)" } ?? "")
  }
}
