/// Finds what is wrong with a plan as data: artifacts, concurrency, limits.
///
/// The plan's nodes must be in their order: each before its children, and these one after the
/// other. It costs a number of passes over the nodes and what they read and write.
package enum PlanChecker {
  /// All diagnostics, in the order of the plan.
  package static func check(_ plan: Plan) -> [Diagnostic] {
    Finding.diagnostics(of: findings(in: plan, Layout(plan)))
  }

  /// All diagnostics with their nodes, to be put in order with those of others.
  package static func findings(in plan: Plan, _ layout: Layout) -> [Finding] {
    let shape = PlanShape(plan.nodes)
    let artifacts = ArtifactTable(plan, layout)
    let problems = problems(in: plan, layout, shape, artifacts)
    guard !problems.isEmpty else { return [] }
    var wording = Wording(plan, layout, shape, artifacts)
    return problems.map { wording.finding(of: $0) }
  }

  /// All problems as data.
  package static func problems(in plan: Plan) -> [Problem] {
    let layout = Layout(plan)
    return problems(in: plan, layout, PlanShape(plan.nodes), ArtifactTable(plan, layout))
  }

  private static func problems(
    in plan: Plan, _ layout: Layout, _ shape: PlanShape, _ artifacts: ArtifactTable
  ) -> [Problem] {
    Assignment(plan, layout, shape).problems + artifacts.problems
      + HabitCheck.problems(in: plan.nodes, artifacts)
      + LimitCheck.problems(in: plan.nodes, shape)
      + BudgetCheck.problems(in: plan.nodes, shape)
      + SurroundingsCheck.problems(in: plan.nodes, layout, shape, artifacts)
      + SignalCheck.problems(in: plan.nodes, shape)
      + OnceCheck.problems(in: plan.nodes, shape)
      + CompensationCheck.problems(in: plan.nodes, shape)
      + IndependenceCheck(plan, layout, shape).problems
  }
}
