/// A workflow that cannot run, with everything that compiling it found.
public struct CompilationError: Error, Sendable, CustomStringConvertible {
  /// The workflow's name.
  public let workflow: String
  /// The errors, warnings and hints, in the order of the plan.
  public let diagnostics: [Diagnostic]
  /// The plan as far as it could be made, for pictures and tools; it must not be run.
  public let plan: Plan

  package init(workflow: String, diagnostics: [Diagnostic], plan: Plan) {
    self.workflow = workflow
    self.diagnostics = diagnostics
    self.plan = plan
  }

  /// All diagnostics, one after the other, as a compiler prints them.
  public var description: String {
    diagnostics.map(\.description).joined(separator: "\n")
  }
}
