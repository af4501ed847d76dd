extension Retry? {
  /// `3 attempts, from 1 s`, or `none`.
  package var text: String {
    guard let self else { return "none" }
    let pause =
      self.backoff.initial > .zero ? ", from \(DurationText.short(self.backoff.initial))" : ""
    return "\(self.attempts) attempts\(pause)"
  }
}

extension Retry {
  /// How one retry policy differs from another: as few words as tell it.
  static func differences(_ old: Retry?, _ new: Retry?) -> [String] {
    guard old != new else { return [] }
    guard let old, let new else { return ["retry \(old.text) → \(new.text)"] }
    let initial = DurationText.distinct(old.backoff.initial, new.backoff.initial)
    let limit = DurationText.distinct(old.backoff.limit, new.backoff.limit)
    var parts: [String] = []
    func compare(_ what: String, _ old: String, _ new: String) {
      if old != new { parts.append("\(what) \(old) → \(new)") }
    }
    compare("retry", "\(old.attempts) attempts", "\(new.attempts) attempts")
    compare("first pause", initial.0, initial.1)
    compare("factor of pauses", text(old.backoff.factor), text(new.backoff.factor))
    compare("longest pause", limit.0, limit.1)
    compare("jitter", text(old.backoff.jitter), text(new.backoff.jitter))
    return parts
  }

  /// A number in full, as the plan's JSON has it.
  private static func text(_ number: Double) -> String { JSONValue.number(number).canonicalText }
}
