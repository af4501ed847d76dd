public import TroupePlan

extension Stage {
  /// Has a role review what the stage wrote, before any other step sees it.
  ///
  /// ```swift
  /// Stage("draft", by: .writer, reads: brief, writes: draft) { "Write about \($0.topic)." }
  ///   .gate("reads well", reviewedBy: .editor, passing: 0.8, otherwise: .rework(upTo: 2))
  /// ```
  ///
  /// The reviewer answers with a `Review`. One that does not pass goes back with its comments to
  /// whoever does the work again. The review is a stage of its own at
  /// `draft/@gate(reads well)`, recorded, retried on another member and stubbed in tests like any
  /// other.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the stage.
  ///   - reviewer: The role that reviews.
  ///   - quorum: How many of several reviewers must accept; there is one if it is left out.
  ///   - independent: Whether nobody may review what they have made: who delivered work of the step
  ///     in this take, supplied it, or waived another gate for it. Where nobody else plays the
  ///     role, the run fails before it starts if that is certain, else the step fails.
  ///   - score: The score from 0 to 1 that the review needs to pass beside its acceptance; none if
  ///     it is left out.
  ///   - limit: The time for the review from when it is asked for; the gate fails when it is over.
  ///   - otherwise: What happens when the review does not pass.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - prompt: Says what is to be reviewed and how. Without it the reviewer is shown the output
  ///     and the gate's name.
  public func gate(
    _ name: String, reviewedBy reviewer: Role, quorum: Quorum? = nil, independent: Bool = false,
    passing score: Double? = nil,
    within limit: Duration? = nil, otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    asking prompt: (@Sendable (Output) async throws -> String)? = nil
  ) -> Self {
    let location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    var own: ReviewedGate.Prompt?
    if let prompt {
      own = { values in
        var arguments = try Arguments(values, nil)
        return try await prompt(arguments.next(Output.self))
      }
    }
    var step = self
    let gate = ReviewedGate(
      name: name, reviewer: reviewer, quorum: quorum, isIndependent: independent, passing: score,
      within: limit,
      otherwise: otherwise,
      location: location)
    let types = [(name: declaration.writes.first?.name ?? "", type: ValueType(of: Output.self))]
    step.declaration.modify { [writes = declaration.writes] in
      $0.gates.append(gate.declared(judging: writes, types, own))
    }
    return step
  }
}
