public import TroupePlan

/// A limit of a step, with its value.
public enum StepLimit: Sendable, Hashable {
  /// The rounds of a loop.
  case rounds(Int)
  /// The times that a step is done again after its gate has rejected it; those of all its gates, if
  /// none is named.
  case reworks(Int, gate: String? = nil)
  /// The attempts of a stage for each member and take.
  case attempts(Int)
  /// The time for one attempt of a stage, or one take of a container.
  case timeout(Duration)
  /// The time for a step in all.
  case deadline(Duration)
  /// The elements of a fan-out that may fail.
  case tolerance(Int)
  /// So much of one quantity of a step's budget.
  case budget(Budget.Amount)
}

extension StepLimit: CustomStringConvertible {
  /// The limit in words: `5 rounds`, `a deadline of 2 h`.
  public var description: String {
    func count(_ number: Int, _ word: String) -> String {
      number == 1 ? "1 \(word)" : "\(number) \(word)s"
    }
    switch self {
    case .rounds(let rounds): return count(rounds, "round")
    case .reworks(let reworks, let gate):
      return count(reworks, "rework") + (gate.map { " by gate '\($0)'" } ?? "")
    case .attempts(let attempts): return count(attempts, "attempt")
    case .timeout(let length): return "a timeout of \(DurationText.short(length))"
    case .deadline(let length): return "a deadline of \(DurationText.short(length))"
    case .budget(let amount): return "a budget of \(amount)"
    case .tolerance(let failures): return "\(count(failures, "failed element")) tolerated"
    }
  }

  /// What a step lacks that has no such limit.
  var what: String {
    switch self {
    case .rounds: "is no loop"
    case .reworks(_, let gate?): "has no gate '\(gate)' that has it reworked"
    case .reworks(_, nil): "has no gate that has it reworked"
    case .attempts: "has no retry"
    case .timeout: "has no timeout"
    case .deadline: "has no deadline"
    case .budget(let amount): "has no budget of \(amount.quantity.rawValue)"
    case .tolerance: "is no fan-out that collects what became of each element"
    }
  }

  /// Whether it allows less than another limit of its kind.
  func isLess(than other: StepLimit) -> Bool {
    switch (self, other) {
    case (.rounds(let own), .rounds(let other)), (.reworks(let own, _), .reworks(let other, _)),
      (.attempts(let own), .attempts(let other)), (.tolerance(let own), .tolerance(let other)):
      own < other
    case (.timeout(let own), .timeout(let other)), (.deadline(let own), .deadline(let other)):
      own < other
    case (.budget(let own), .budget(let other)): own.isLess(than: other)
    default: false
    }
  }

  /// The limit with twice its value, as an example of a larger one.
  var doubled: StepLimit {
    switch self {
    case .rounds(let rounds): .rounds(2 * rounds)
    case .reworks(let reworks, let gate): .reworks(2 * reworks, gate: gate)
    case .attempts(let attempts): .attempts(2 * attempts)
    case .timeout(let length): .timeout(length * 2)
    case .deadline(let length): .deadline(length * 2)
    case .budget(let amount): .budget(BudgetExhaustion(limit: amount, spent: amount).example)
    case .tolerance(let failures): .tolerance(2 * failures + 1)
    }
  }
}
