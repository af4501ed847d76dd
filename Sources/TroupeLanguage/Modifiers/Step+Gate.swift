public import TroupePlan

extension Step {
  /// Checks artifacts that a container wrote, before anything outside sees them.
  ///
  /// All gates of a step are asked in order; the first that rejects decides. A rework runs the
  /// container again as a new take, and hands the verdict's reason to every stage in it.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the step; `troupe` shows it in plans and pictures.
  ///   - artifact: What is judged; the container must surely write it.
  ///   - others: What is judged together with it.
  ///   - otherwise: What happens when the gate rejects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - check: Whether the artifacts may pass; it must be free of effects.
  public func gate<First, each Other>(
    _ name: String, on artifact: Artifact<First>, _ others: repeat Artifact<each Other>,
    otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    check: @escaping @Sendable (First, repeat each Other) async throws -> Bool
  ) -> Self {
    gate(
      name, on: artifact, repeat each others, otherwise: otherwise, fileID: fileID,
      filePath: filePath,
      line: line, column: column,
      judge: { (first: First, others: repeat each Other) in
        try await check(first, repeat each others)
          ? .accepted : .rejected("'\(name)' does not hold")
      })
  }

  /// Checks artifacts that a container wrote, and says what is wrong with them.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the step.
  ///   - artifact: What is judged; the container must surely write it.
  ///   - others: What is judged together with it.
  ///   - otherwise: What happens when the gate rejects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - judge: Gives the verdict, with the reason of a rejection; it must be free of effects.
  public func gate<First, each Other>(
    _ name: String, on artifact: Artifact<First>, _ others: repeat Artifact<each Other>,
    otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    judge: @escaping @Sendable (First, repeat each Other) async throws -> Verdict
  ) -> Self {
    let reading = Reading(artifact, repeat each others)
    var step = self
    step.declaration.modify {
      $0.gates.append(
        Modifiers.DeclaredGate(
          name: name, judges: reading.mentions, otherwise: otherwise,
          location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column),
          judge: { [gathering = reading.gathering] values in
            var arguments = try Arguments(values, gathering)
            return try await judge(
              arguments.next(First.self), repeat arguments.next((each Other).self))
          }))
    }
    return step
  }
}
