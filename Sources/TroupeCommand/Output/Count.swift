/// Counted things in words.
enum Count {
  /// `1 stage`, `2 stages`.
  static func of(_ count: Int, _ thing: String, _ things: String? = nil) -> String {
    "\(count) \(count == 1 ? thing : things ?? thing + "s")"
  }

  /// The first few of a list, and how many more there are: `a, b, c and 4 more`.
  static func some(_ items: [String], limit: Int) -> String {
    let shown = items.prefix(limit).joined(separator: ", ")
    return items.count > limit ? "\(shown) and \(items.count - limit) more" : shown
  }
}
