public import TroupePlan

extension Stage where Output: Sendable {
  /// Checks what the stage wrote with a check that is ready made, before any other step sees it.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the stage.
  ///   - check: The check.
  ///   - otherwise: What happens when the gate rejects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func gate(
    _ name: String, _ check: Check<Output>, otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    let gate = check.gate(
      name, judging: declaration.writes, nil, otherwise: otherwise,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    var step = self
    step.declaration.modify { $0.gates.append(gate) }
    return step
  }
}

extension Step {
  /// Checks an artifact that a container wrote with a check that is ready made, before anything
  /// outside sees it.
  ///
  /// - Parameters:
  ///   - name: The name, unique on the step.
  ///   - artifact: What is checked; the container must surely write it.
  ///   - check: The check.
  ///   - otherwise: What happens when the gate rejects.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public func gate<Value>(
    _ name: String, on artifact: Artifact<Value>, _ check: Check<Value>,
    otherwise: Rejection = .fail,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) -> Self {
    let reading = Reading(artifact)
    let gate = check.gate(
      name, judging: reading.mentions, reading.gathering, otherwise: otherwise,
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    var step = self
    step.declaration.modify { $0.gates.append(gate) }
    return step
  }
}

extension Check {
  fileprivate func gate(
    _ name: String, judging mentions: [Mention], _ gathering: [Reading.Gathering]?,
    otherwise: Rejection, location: SourceLocation
  ) -> Modifiers.DeclaredGate {
    Modifiers.DeclaredGate(
      name: name, judges: mentions + others, otherwise: otherwise, location: location,
      judge: { [judge] values in
        var arguments = try Arguments(Array(values.prefix(mentions.count)), gathering)
        return try await judge(
          arguments.next(Value.self), Array(values).dropFirst(mentions.count))
      })
  }
}
