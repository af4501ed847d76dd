import TroupeCommand
import TroupeTemplates

/// Troupe's own executable: the templates, ready to run.
@main
struct TroupeTool: WorkflowCommand {
  static let workflows: [any Workflow] = [ReleaseReadiness()]
  static var team: Team {
    Team { Member("release-manager", plays: .releaseManager) { Person() } }
  }
  static let summary = "Runs Troupe's workflow templates."
  static let version: String? = TroupeVersion.current
}
