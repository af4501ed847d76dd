public import TroupePlan

extension Step {
  /// Has a role review artifacts that a container wrote, before anything outside sees them.
  ///
  /// ```swift
  /// Phase("write") { … }
  ///   .gate("editor agrees", on: post, reviewedBy: .editorInChief, otherwise: .rework(upTo: 2))
  /// ```
  ///
  /// The reviewer answers with a `Review`. A rework runs the container again as a new take, and
  /// hands the comments to every stage in it.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the step.
  ///   - artifact: What is reviewed; the container must surely write it.
  ///   - others: What is reviewed together with it.
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
  ///   - prompt: Says what is to be reviewed and how. Without it the reviewer is shown the
  ///     artifacts and the gate's name.
  public func gate<First, each Other>(
    _ name: String, on artifact: Artifact<First>, _ others: repeat Artifact<each Other>,
    reviewedBy reviewer: Role, quorum: Quorum? = nil, independent: Bool = false,
    passing score: Double? = nil,
    within limit: Duration? = nil, otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    asking prompt: (@Sendable (First, repeat each Other) async throws -> String)? = nil
  ) -> Self {
    let location = SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column)
    let reading = Reading(artifact, repeat each others)
    var own: ReviewedGate.Prompt?
    if let prompt {
      own = { [gathering = reading.gathering] values in
        var arguments = try Arguments(values, gathering)
        return try await prompt(
          arguments.next(First.self), repeat arguments.next((each Other).self))
      }
    }
    var types = [(name: artifact.name, type: ValueType(of: First.self))]
    repeat types.append((name: (each others).name, type: ValueType(of: (each Other).self)))
    let gate = ReviewedGate(
      name: name, reviewer: reviewer, quorum: quorum, isIndependent: independent, passing: score,
      within: limit,
      otherwise: otherwise,
      location: location)
    var step = self
    step.declaration.modify {
      $0.gates.append(gate.declared(judging: reading.mentions, types, own))
    }
    return step
  }
}
