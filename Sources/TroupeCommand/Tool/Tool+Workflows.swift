import TroupeLanguage
import TroupePlan

extension Tool {
  /// The workflow of a name.
  ///
  /// - Throws: `UsageError` if there is none, or if two have the name.
  func workflow(named name: String) throws -> any Workflow {
    try checkNames()
    if let workflow = workflows.first(where: { $0.name == name }) { return workflow }
    let names = workflows.map(\.name)
    let all =
      names.count <= 8
      ? "\n  there is: \(names.map(Printable.line).joined(separator: ", "))"
      : "\n  '\(self.name) list' shows all \(names.count)"
    let guess = Nearest.match(name, in: names).map { "; did you mean \(Printable.quoted($0))?" }
    throw Refusal(
      "error: no workflow is named \(Printable.quoted(name))\(guess ?? "")"
        + (names.isEmpty ? "\n  this executable holds no workflows" : all))
  }

  /// The workflow that a command's first operand names.
  func workflow(of invocation: Invocation) throws -> any Workflow {
    try workflow(named: invocation.arguments.operands[0])
  }

  /// Checks that every workflow can be told from the others.
  func checkNames() throws {
    var seen: Set<String> = []
    for workflow in workflows where !seen.insert(workflow.name).inserted {
      throw Refusal(
        "error: two workflows are named \(Printable.quoted(workflow.name))\n"
          + "  give one of them another name: var name: String { \"…\" }")
    }
  }
}
