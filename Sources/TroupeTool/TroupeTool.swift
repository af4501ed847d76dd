import TroupeCommand
import TroupeTemplates

/// Troupe's own executable: the templates, ready to run.
@main
struct TroupeTool: WorkflowCommand {
  static let workflows: [any Workflow] = [ReleaseReadiness()]
  static let summary = "Runs Troupe's workflow templates."
  static let version: String? = TroupeVersion.current
}
