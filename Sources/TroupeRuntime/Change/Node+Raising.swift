package import TroupePlan

/// The limits of one step.
extension Node {
  /// The value that a limit of some kind has now; `nil` if the step has no such limit.
  package func current(_ limit: StepLimit) -> StepLimit? {
    switch limit {
    case .rounds:
      if case .repeat(let repetition) = kind { return .rounds(repetition.limit) }
      return nil
    case .reworks(_, let gate):
      let limits = policies.gates.compactMap { other -> Int? in
        guard gate == nil || other.name == gate, case .rework(let count, _) = other.otherwise else {
          return nil
        }
        return count
      }
      return limits.min().map { .reworks($0, gate: gate) }
    case .attempts: return policies.retry.map { .attempts($0.attempts) }
    case .timeout: return policies.timeout.map { .timeout($0) }
    case .deadline: return policies.deadline.map { .deadline($0) }
    case .budget(let amount): return policies.budget?[amount.quantity].map { .budget($0) }
    case .tolerance:
      // Where bare results are collected, nobody could tell which elements are missing.
      guard case .fanOut(let spread) = kind, spread.collectsOutcomes else { return nil }
      return .tolerance(spread.tolerated)
    }
  }

  /// Raises a limit, if the step has it and it is smaller.
  mutating func raise(_ limit: StepLimit) {
    switch limit {
    case .rounds(let count):
      guard case .repeat(var repetition) = kind else { return }
      repetition.limit = max(repetition.limit, count)
      kind = .repeat(repetition)
    case .reworks(let count, let gate):
      for index in policies.gates.indices {
        let other = policies.gates[index]
        guard gate == nil || other.name == gate, case .rework(let now, let then) = other.otherwise
        else { continue }
        policies.gates[index].otherwise = .rework(upTo: max(now, count), then: then)
      }
    case .attempts(let count):
      guard let retry = policies.retry else { return }
      policies.retry?.attempts = max(retry.attempts, count)
    case .timeout(let length): policies.timeout = policies.timeout.map { max($0, length) }
    case .deadline(let length): policies.deadline = policies.deadline.map { max($0, length) }
    case .budget(let amount):
      guard let now = policies.budget?[amount.quantity], now.isLess(than: amount) else { return }
      policies.budget = policies.budget?.replacing(amount)
    case .tolerance(let count):
      guard case .fanOut(var spread) = kind, spread.collectsOutcomes else { return }
      spread.tolerated = max(spread.tolerated, count)
      kind = .fanOut(spread)
    }
  }
}
