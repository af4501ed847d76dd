import TroupePlan

extension Failure {
  /// The limit that was used up, with its value; `nil` if it was no limit that ended the step.
  ///
  /// Of a gate it is the number of reworks that there were.
  public var limit: StepLimit? {
    switch cause {
    case .exhausted(let rounds): .rounds(rounds)
    case .rejected(let gate, _, let takes) where takes > 1: .reworks(takes - 1, gate: gate)
    case .timedOut(let length): .timeout(length)
    case .deadlinePassed(let length): .deadline(length)
    case .tooManyFailed(_, let tolerated): .tolerance(tolerated)
    case .budgetExhausted(let exhaustion): .budget(exhaustion.limit)
    default: nil
    }
  }
}
