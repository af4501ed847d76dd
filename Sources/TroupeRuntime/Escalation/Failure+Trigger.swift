import TroupePlan

extension Failure {
  /// What it leads up a ladder as.
  ///
  /// Whatever else failed: while something is in doubt, only that counts.
  var trigger: Escalation.Trigger {
    if isInDoubt { return .inDoubt }
    return switch cause {
    case .timedOut, .deadlinePassed, .signalMissed: .timeout
    case .rejected: .gateRejected
    case .noMember: .noMember
    case .concern(let concern): .concern(concern.kind)
    case .budgetExhausted: .budget
    case .error, .undecodable, .gateFailed, .exhausted, .nothingMatched, .allFailed,
      .tooManyFailed, .inDoubt:
      .failure
    }
  }
}

/// Nobody in the team plays a role.
struct NobodyPlays: Error, CustomStringConvertible {
  let role: Role.ID

  var description: String { "nobody plays the role '\(role)'" }
}
