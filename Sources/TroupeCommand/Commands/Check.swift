import TroupeLanguage
import TroupePlan
import TroupeRuntime

extension Subcommand {
  /// `check`: what compiling finds.
  static let check = Subcommand(
    name: "check", summary: "Check workflows and print what is wrong, as a compiler does.",
    operands: [Operand(name: "NAME", help: "A workflow; all if left out.", isOptional: true)],
    options: [.team],
    details: """
      Errors end with exit code 1; warnings and hints do not. A role that nobody in
      the team plays is a warning here, and an error of a run; that a person is asked
      without a deadline is a warning for both.
      """,
    examples: [
      ("check", "Checks all workflows."),
      ("check NAME", "Checks one."),
    ]
  ) { invocation in
    let tool = invocation.tool
    try tool.checkNames()
    let workflows =
      try invocation.arguments.operands.isEmpty
      ? tool.workflows : [tool.workflow(of: invocation)]
    let team = try invocation.team()
    var errors = 0
    var others = 0
    for workflow in workflows {
      let (diagnostics, problems) = findings(workflow, team)
      var text = diagnostics.map { Printable.lines($0.description) + "\n" }.joined()
      for problem in problems {
        text += "warning: in \(Printable.quoted(workflow.name)), \(Printable.line(problem))\n"
      }
      try invocation.console.output.write(text)
      errors += diagnostics.count { $0.severity == .error }
      others += diagnostics.count { $0.severity != .error } + problems.count
    }
    let checked = "checked \(Count.of(workflows.count, "workflow"))"
    guard errors + others > 0 else {
      try invocation.console.output.write("\(checked): no problems\n")
      return .done
    }
    let found = [
      errors > 0 ? Count.of(errors, "error") : nil,
      others > 0 ? Count.of(others, "warning or hint", "warnings and hints") : nil,
    ].compactMap { $0 }.joined(separator: ", ")
    invocation.console.report("\(checked): \(found)\n")
    return errors > 0 ? .failed : .done
  }

  private static func findings(
    _ workflow: any Workflow, _ team: Team
  ) -> (diagnostics: [Diagnostic], problems: [String]) {
    let plan: Plan
    let diagnostics: [Diagnostic]
    do {
      let program = try workflow.compile()
      (plan, diagnostics) = (program.plan, program.diagnostics)
    } catch {
      (plan, diagnostics) = (error.plan, error.diagnostics)
    }
    do {
      try team.validate(for: plan)
      return (diagnostics, team.notes(for: plan))
    } catch {
      return (diagnostics, error.problems + team.notes(for: plan))
    }
  }
}
