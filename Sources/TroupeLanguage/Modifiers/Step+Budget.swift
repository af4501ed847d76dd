import TroupePlan

extension Step {
  /// Limits how much the step may use up in all, over its rounds, elements, takes and attempts.
  ///
  /// ```swift
  /// Repeat("improve", upTo: 10) { … }.budget(cost: 2.50, tokens: 200_000)
  /// ```
  ///
  /// A start for which no room is left waits for what is at work in the step, which may have used
  /// less than was reserved for it. If that does not help either, the step fails with what it has
  /// come to, and a rule `On(.budget)` of its own or around it takes that up; without one the run
  /// stops, and can be gone on with when more is allowed. When the time is over, what is at work is
  /// cancelled. The budgets around the step hold as well.
  ///
  /// - Parameters:
  ///   - cost: What it may cost, in the unit in which the members of the team have their prices.
  ///   - tokens: The tokens that agents may read and write.
  ///   - time: The time during which a process may work on it; while the run is stopped, no time
  ///     passes.
  ///   - attempts: The starts of stages.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func budget(
    cost: Double? = nil, tokens: Int? = nil, time: Duration? = nil, attempts: Int? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        \.budget, "budget",
        to: Budget(cost: cost, tokens: tokens, time: time, attempts: attempts),
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }

  /// Says what each assignment in the step may use up at most.
  ///
  /// It is reserved in the budgets around a stage before an attempt starts, and replaced by what
  /// the attempt has really used. Without an estimate nothing is reserved, and a budget may be
  /// overdrawn by what is at work when it is used up.
  ///
  /// It holds for all stages that agents do in the step, except those inside a step with an
  /// estimate of its own.
  ///
  /// - Parameters:
  ///   - cost: What an assignment costs at most; without it, what the member's prices make of the
  ///     tokens.
  ///   - tokens: The tokens that are read and written for it at most.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func estimate(
    cost: Double? = nil, tokens: Int? = nil,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    var step = self
    step.declaration.modify {
      $0.set(
        \.estimate, "estimate", to: Estimate(cost: cost, tokens: tokens),
        at: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    }
    return step
  }
}
