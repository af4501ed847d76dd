import Troupe
import TroupePlan

extension Invocation {
  /// The team that `--team` names, else that of the executable.
  ///
  /// - Throws: `Refusal` that says what is wrong with the file.
  func team() throws -> Team {
    guard let path = arguments[Option.team.name] else { return tool.team() }
    return try TeamFile.team(at: path, roles: tool.roles) { console.report($0 + "\n") }
  }
}

extension Tool {
  /// The roles of all workflows, each once.
  var roles: [Role] {
    var roles: [Role] = []
    for workflow in workflows {
      for role in Self.plan(of: workflow).roles where !roles.contains(where: { $0.id == role.id }) {
        roles.append(role)
      }
    }
    return roles
  }

  /// The plan of a workflow, also if something is wrong with it.
  static func plan(of workflow: any Workflow) -> Plan {
    do {
      return try workflow.compile().plan
    } catch {
      return error.plan
    }
  }
}

extension Option {
  /// Who does the work of roles.
  static let team = value(
    "team", "FILE",
    "Who does the work of roles, as JSON; the executable's\nown team if left out. "
      + "'team --help' shows the form.")
}
