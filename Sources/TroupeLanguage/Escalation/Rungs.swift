public import TroupePlan

/// Does the step once more: one take, with its retries and gates, and without rework.
///
/// What failed is done again with the same input and the same idempotency key; what was rejected
/// is done with the rejection as feedback.
///
/// - Parameters:
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Retry(
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Rung {
  Rung(
    kind: .retry,
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Has a stage done once more by whoever plays another role.
///
/// - Parameters:
///   - role: The role that does the work now.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Reassign(
  to role: Role, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Rung {
  Rung(
    kind: .reassign(role),
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Asks a role what is to be done. It answers with a `Resolution`: do it again, with guidance; here
/// is the output; accept it as it is; end the run.
///
/// - Parameters:
///   - role: The role that is asked.
///   - limit: The time for the answer; when it is over, the next rung follows.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
///   - prompt: Says what is asked; it must be free of effects. Without it the role is told what
///     happened and what may be decided.
public func Ask(
  _ role: Role, within limit: Duration? = nil,
  fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column,
  asking prompt: (@Sendable (Trouble) async throws -> String)? = nil
) -> Rung {
  Rung(
    kind: .ask(Rung.Question(role: role, within: limit, prompt: prompt)),
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Tells a role or a channel that the ladder has come this far, and goes on to the next rung.
///
/// It is an event and a record of the run; whoever is to hear of it listens to the run's events.
///
/// - Parameters:
///   - name: Who is told.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Notify(
  _ name: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Rung {
  Rung(
    kind: .notify(name),
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Tells a role that the ladder has come this far, and goes on to the next rung.
///
/// - Parameters:
///   - role: The role that is told.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Notify(
  _ role: Role, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Rung {
  Notify(role.id, fileID: fileID, filePath: filePath, line: line, column: column)
}

/// Does other steps instead. They are given what the step was given, are to write what it writes,
/// and its gates hold for that.
///
/// - Parameters:
///   - limit: The time for the steps; when it is over, the next rung follows.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
///   - body: The steps, in order.
public func Fallback(
  within limit: Duration? = nil, fileID: String = #fileID, filePath: String = #filePath,
  line: Int = #line, column: Int = #column, @StepBuilder body: () -> Steps
) -> Rung {
  Rung(
    kind: .fallback(body().declaration.children, within: limit),
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}

/// Ends the run for good: it is aborted, and cannot be resumed.
///
/// - Parameters:
///   - reason: Why.
///   - fileID: The file; leave the default.
///   - filePath: The file's path; leave the default.
///   - line: The line; leave the default.
///   - column: The column; leave the default.
public func Abort(
  _ reason: String, fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
  column: Int = #column
) -> Rung {
  Rung(
    kind: .abort(reason),
    location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
}
