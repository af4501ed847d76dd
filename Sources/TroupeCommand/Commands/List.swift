extension Subcommand {
  /// `list`: the workflows, without compiling any.
  static let list = Subcommand(
    name: "list", summary: "List the workflows, a line each.",
    examples: [("list", "Shows each name and what the workflow does.")]
  ) { invocation in
    let tool = invocation.tool
    try tool.checkNames()
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
}

extension Operand {
  /// The name of a workflow.
  static let workflow = Operand(name: "NAME", help: "The name of a workflow, as 'list' shows it.")
}
