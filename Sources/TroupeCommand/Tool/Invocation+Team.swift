import Troupe
import TroupePlan

extension Invocation {
  /// The team that `--team` names, else that of the executable.
  ///
  /// - Parameters:
  ///   - plan: What the team is to do; with its parameters a workflow may have roles that it has
  ///     not without them.
  ///   - isComplete: Whether no other plans are concerned, so that any other role is a mistake.
  /// - Throws: `Refusal` that says what is wrong with the file.
  func team(for plan: Plan? = nil, isComplete: Bool = true) throws -> Team {
    guard let path = arguments[Option.team.name] else { return tool.team() }
    let roles = (plan?.roles ?? []).adding(tool.roles)
    return try TeamFile.team(at: path, roles: roles, isComplete: isComplete, tool: tool.name) {
      console.report($0 + "\n")
    }
  }
}

extension Tool {
  /// The roles of all workflows and of the tool's own team, each once.
  var roles: [Role] {
    workflows.reduce([]) { $0.adding(Self.plan(of: $1).roles) }
      .adding(team().members.flatMap(\.roles))
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

extension [Role] {
  /// These, and others that have none of their names.
  fileprivate func adding(_ others: [Role]) -> [Role] {
    others.reduce(into: self) { roles, role in
      if !roles.contains(where: { $0.id == role.id }) { roles.append(role) }
    }
  }
}
