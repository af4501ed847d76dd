import TroupePlan

/// Another workflow as a step of this one.
///
/// The called workflow's steps become part of the same plan. Its artifacts are its own: only the
/// bound input and output cross.
public struct Call: Step {
  /// What the call declares.
  public var declaration: Declaration

  /// Declares a call.
  ///
  /// - Parameters:
  ///   - workflow: The workflow to call.
  ///   - name: The name, unique among its neighbours; by default the workflow's.
  ///   - reads: The artifact that becomes the called workflow's input.
  ///   - writes: The artifact that becomes what the called workflow ends with.
  ///   - fileID: The file; leave the default.
  ///   - filePath: The file's path; leave the default.
  ///   - line: The line; leave the default.
  ///   - column: The column; leave the default.
  public init<Callee: Workflow>(
    _ workflow: Callee, as name: String? = nil, reads: Artifact<Callee.Input>,
    writes: Artifact<Callee.Output>,
    fileID: String = #fileID, filePath: String = #filePath, line: Int = #line,
    column: Int = #column
  ) {
    declaration = Declaration(
      .call(
        Declaration.Call(
          workflow: workflow.name, version: workflow.version, input: workflow.input.mention,
          output: workflow.output.mention, escalation: workflow.escalation,
          budget: workflow.budget,
          body: { workflow.body.declaration })),
      name: name ?? workflow.name, reads: reads.mentions, writes: [writes.mention],
      location: SourceLocation(fileID: fileID, filePath: filePath, line: line, column: column))
    declaration.refuseGathered(reads.mention)
  }
}
