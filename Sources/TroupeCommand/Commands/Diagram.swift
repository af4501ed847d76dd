import TroupePlan

extension Subcommand {
  /// `diagram`: a workflow as a picture.
  static let diagram = Subcommand(
    name: "diagram", summary: "Draw a workflow, for Graphviz or Mermaid.",
    operands: [.workflow],
    options: [
      .value(
        "format", "dot|mermaid", choices: ["dot", "mermaid"], "The language; dot if left out."),
      .flag("artifacts", "Write on the edges what passes along them."),
      .flag("ladders", "Show how steps escalate that cannot get further."),
      .value("output", "FILE", "Write to a file instead of standard output."),
    ],
    examples: [
      ("diagram NAME | dot -Tsvg -o picture.svg", "Makes a picture with Graphviz."),
      ("diagram NAME --format mermaid --output picture.mmd", "Writes Mermaid to a file."),
    ]
  ) { invocation in
    let plan = try invocation.compiled().plan
    let arguments = invocation.arguments
    let artifacts = arguments.has("artifacts")
    let ladders = arguments.has("ladders")
    let text =
      arguments["format"] == "mermaid"
      ? plan.mermaid(artifacts: artifacts, ladders: ladders)
      : plan.dot(artifacts: artifacts, ladders: ladders)
    let complete = text.hasSuffix("\n") ? text : text + "\n"
    if let path = arguments["output"] {
      try TextFile.write(complete, to: path)
    } else {
      try invocation.console.output.write(complete)
    }
    return .done
  }
}
