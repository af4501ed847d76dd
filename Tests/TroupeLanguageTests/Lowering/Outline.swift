import Troupe
import TroupePlan

/// The plan of a few steps.
func plan<Content: Step>(
  @StepBuilder _ content: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Content
) throws -> Plan {
  try Sketch("sketch", content).compile().plan
}

/// The paths and kinds of a plan's nodes, in the order of the plan.
func outline<Content: Step>(
  @StepBuilder _ content: @escaping @Sendable (Artifact<Int>, Artifact<Int>) -> Content
) throws -> [String] {
  try plan(content).nodes.map { "\($0.path): \($0.kind.name)" }
}
