import TroupeLanguage
import TroupePlan

extension Subcommand {
  /// `list`: the workflows, without compiling any.
  static let list = Subcommand(
    name: "list", summary: "List the workflows, a line each.",
    options: [.flag("json", "Print a list of objects instead of lines.")],
    details: """
      What can be set of a workflow, 'run NAME --help' says. The keys of JSON: name,
      version, summary, parameters and input (JSON Schemas), defaults (of parameters).
      """,
    examples: [("list", "Shows each name and what the workflow does.")]
  ) { invocation in
    let tool = invocation.tool
    try tool.checkNames()
    if invocation.arguments.has("json") {
      let json = JSONValue.array(try tool.workflows.map { try Self.json($0) })
      try invocation.console.output.write(Printable.json(json.prettyText) + "\n")
      return .done
    }
    guard !tool.workflows.isEmpty else {
      invocation.console.report("this executable holds no workflows\n")
      return .done
    }
    let names = tool.workflows.map { Printable.line($0.name) }
    let width = names.map(ColumnWidth.of).max() ?? 0
    var text = ""
    for (name, workflow) in zip(names, tool.workflows) {
      let summary = Printable.line(workflow.summary)
      text += summary.isEmpty ? "\(name)\n" : "\(ColumnWidth.pad(name, to: width))  \(summary)\n"
    }
    try invocation.console.output.write(text)
    return .done
  }

  private static func json<Work: Workflow>(_ workflow: Work) throws -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(workflow.name), "summary": .string(workflow.summary),
      "parameters": JSONSchema(of: Work.Parameters.self).json,
      "input": JSONSchema(of: Work.Input.self).json,
      "defaults": try JSONValue(encoding: workflow.parameters),
    ]
    members["version"] = workflow.version.map { .string($0) }
    return .object(members)
  }
}

extension Operand {
  /// The name of a workflow.
  static let workflow = Operand(name: "NAME", help: "The name of a workflow, as 'list' shows it.")
}
