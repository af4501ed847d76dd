public import TroupePlan

extension Stage {
  /// Checks what the stage wrote, before any other step sees it.
  ///
  /// All gates of a stage are asked in order; the first that rejects decides. After a rework all
  /// of them hold again, from the first.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the stage.
  ///   - otherwise: What happens when the gate rejects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - check: Whether the output may pass; it must be free of effects.
  public func gate(
    _ name: String, otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    check: @escaping @Sendable (Output) async throws -> Bool
  ) -> Self {
    gate(
      name, otherwise: otherwise, fileID: fileID, filePath: filePath, line: line, column: column,
      judge: { try await check($0) ? .accepted : .rejected("'\(name)' does not hold") })
  }

  /// Checks what the stage wrote, and says what is wrong with it.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the stage.
  ///   - otherwise: What happens when the gate rejects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  ///   - judge: Gives the verdict, with the reason of a rejection; it must be free of effects.
  public func gate(
    _ name: String, otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column,
    judge: @escaping @Sendable (Output) async throws -> Verdict
  ) -> Self {
    var step = self
    step.declaration.modify { [writes = declaration.writes] in
      $0.gates.append(
        Modifiers.DeclaredGate(
          name: name, judges: writes, otherwise: otherwise,
          location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column),
          judge: { values in
            var arguments = try Arguments(values, nil)
            return try await judge(arguments.next(Output.self))
          }))
    }
    return step
  }
}
