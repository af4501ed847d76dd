/// Finds what is wrong with a plan as data: artifacts, concurrency, limits.
package enum PlanChecker {
  /// All diagnostics, in the order of the plan.
  package static func check(_ plan: Plan) -> [Diagnostic] {
    []
  }
}
