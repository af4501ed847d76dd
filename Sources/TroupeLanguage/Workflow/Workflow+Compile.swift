public import TroupePlan

extension Workflow {
  /// Compiles the workflow to a program: its plan, and the closures that go with it.
  ///
  /// All problems are found, not just the first. Warnings and hints stand in the program's
  /// `diagnostics`.
  ///
  /// - Throws: `CompilationError` with all diagnostics if one of them is an error.
  public func compile() throws(CompilationError) -> Program {
    var lowering = Lowering()
    let root = lowering.lower(self)
    let input = ValueType(of: Input.self)
    let output = ValueType(of: Output.self)
    lowering.checkInput(input, at: root)
    var encoded = JSONValue.object([:])
    do {
      encoded = try JSONValue(encoding: parameters)
    } catch {
      lowering.report(
        .error, "the parameters of '\(name)' cannot be written as JSON: \(error)",
        remedy: "parameters are part of the plan: make each of them Codable without loss",
        at: root)
    }
    let plan = Plan(
      workflow: name, version: version, parameters: encoded,
      input: lowering.use(self.input.mention), output: lowering.use(self.output.mention),
      roles: lowering.roles, nodes: lowering.nodes)
    let layout = Layout(plan)
    let findings = PlanChecker.findings(in: plan, layout).filter {
      !lowering.incomplete.contains($0.node)
    }
    let diagnostics = Finding.diagnostics(of: lowering.findings + findings)
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw CompilationError(workflow: name, diagnostics: diagnostics, plan: plan)
    }
    return Program(
      plan: plan, diagnostics: diagnostics, input: input, output: output,
      bodies: lowering.bodies, layout: layout)
  }
}
