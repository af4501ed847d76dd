import TroupeLanguage
import TroupePlan

extension Subcommand {
  /// `plan`: what a workflow compiles to.
  static let plan = Subcommand(
    name: "plan", summary: "Print the plan of a workflow: its steps as a tree, or JSON.",
    operands: [.workflow],
    options: [.flag("json", "Print the plan's JSON (format 1), as 'diff' takes it.")],
    examples: [
      ("plan NAME", "Shows the steps, who does them, and what holds for them."),
      ("plan NAME --json > before.json", "Keeps the plan, to compare it later."),
    ]
  ) { invocation in
    let plan = try invocation.compiled().plan
    let isJSON = invocation.arguments.has("json")
    try invocation.console.output.write(isJSON ? plan.json.prettyText + "\n" : PlanText.of(plan))
    return .done
  }
}

extension Invocation {
  /// The workflow that the first operand names, compiled.
  ///
  /// - Throws: `Refusal` with the diagnostics if it cannot run.
  func compiled() throws -> Program {
    do {
      return try tool.workflow(of: self).compile()
    } catch let error as CompilationError {
      throw Refusal(Printable.lines(error.description), code: .failed)
    }
  }
}
