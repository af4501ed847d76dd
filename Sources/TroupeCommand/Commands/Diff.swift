import TroupePlan

extension Subcommand {
  /// `diff`: what two plans do not have in common.
  static let diff = Subcommand(
    name: "diff", summary: "Compare two plans that 'plan --json' printed.",
    operands: [
      Operand(name: "OLD.json", help: "A plan's JSON; '-' for standard input."),
      Operand(name: "NEW.json", help: "Another plan's JSON; '-' for standard input."),
    ],
    details: """
      A line for each difference: + added, - removed, ~ changed. Where things were
      declared does not count. Exit code 0 if the plans mean the same, 1 if not.
      """,
    examples: [
      ("diff before.json after.json", "Shows what a change to a workflow changed in its plan.")
    ]
  ) { invocation in
    guard invocation.arguments.operands != ["-", "-"] else {
      throw Refusal("error: only one of the two plans can be read from standard input")
    }
    let plans = try invocation.arguments.operands.map { path in
      try plan(at: path, invocation.console)
    }
    let difference = plans[0].diff(plans[1])
    guard !difference.isEmpty else { return .done }
    try invocation.console.output.write(Printable.lines(difference.description) + "\n")
    return .failed
  }

  private static func plan(at path: String, _ console: Console) throws -> Plan {
    let bytes = try path == "-" ? console.standardInput() : TextFile.read(path)
    do {
      return try Plan(json: JSONValue(parsing: bytes))
    } catch let error as JSONSyntaxError {
      throw Refusal("error: \(Printable.quoted(path)) is no JSON: \(Printable.line("\(error)"))")
    } catch let error as PlanFormatError {
      throw Refusal("error: \(Printable.quoted(path)): \(Printable.line("\(error)"))")
    }
  }
}
