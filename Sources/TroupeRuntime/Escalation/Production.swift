import TroupePlan

extension Execution {
  /// What a step has come to, as far as its ladder needs to know it.
  struct Production: Sendable {
    /// The last take, and the one that first used its idempotency key.
    var take = 1
    var keyTake = 1
    /// What a role was asked under that key; `nil` while nothing was.
    var prompt: String?
    /// Who has made what was written last.
    var origin = Origin.take(1)
    /// Who has let pass what was written last although a gate had rejected it.
    var waiving: [String] = []
    /// What was written last, if it was not published.
    var writes: Writes?
    /// The place of the gate that has not let it pass.
    var gate: Int?
    /// The take as which the gates judged it.
    var gateTake = 1
    /// What those are told who do it again.
    var feedback: [Feedback] = []

    mutating func begin(_ take: Int, key: Int) {
      if key != keyTake { prompt = nil }
      (self.take, keyTake) = (take, key)
      (writes, gate) = (nil, nil)
      (origin, waiving) = (.take(take), [])
    }
  }

  /// Who has made what a step wrote.
  enum Origin: Sendable {
    /// Whoever did the work of the step in this take.
    case take(Int)
    /// Whoever did the work of other steps in its place.
    case steps(Int)
    /// This member, who supplied it.
    case member(String?)
  }
}
