package import TroupeLanguage
package import TroupePlan
package import TroupeRuntime

extension Workflow {
  /// The workflow with the parameters with which a run of it was accepted, ready to go on.
  ///
  /// - Throws: `RunMismatch` if the run is of another workflow, or if what it was accepted with no
  ///   longer fits the types; `CompilationError`.
  package func recorded(
    _ accepted: RunHistory.Accepted, input: JSONValue
  ) throws -> (program: Program, input: any Sendable) {
    guard accepted.workflow == name else {
      throw RunMismatch(
        id: accepted.id,
        differences: [
          .init(
            "~ workflow: '\(accepted.workflow)' → '\(name)'",
            obstacle: "the run is one of '\(accepted.workflow)', and goes on as that")
        ])
    }
    var workflow = self
    do {
      workflow.parameters = try accepted.parameters.decode(as: Parameters.self)
    } catch let mismatch as JSONMismatch {
      throw RunMismatch(
        id: accepted.id,
        differences: [
          .init("~ the parameters", obstacle: "they do not fit their type any more: \(mismatch)")
        ])
    }
    let program = try workflow.compile()
    do {
      return (program, try program.input.decode(input))
    } catch let mismatch as JSONMismatch {
      throw RunMismatch(
        id: accepted.id,
        differences: [
          .init("~ the input", obstacle: "it does not fit its type any more: \(mismatch)")
        ])
    }
  }
}
