package import TroupePlan

/// Whether a run can go on with another plan: what is different, and what of it contradicts what
/// has happened.
///
/// A change fits if every step that has begun is still there, the same in what it reads, writes and
/// checks; if nothing is put before a step that has begun or into what has ended; and if what was
/// decided is still possible. Then all that is still to run is given what the new plan's own check
/// promises it: what has ended wrote at least what the new plan says it surely writes.
package struct PlanFit: Sendable {
  /// What is different, each with what keeps the run from going on with it, if anything does.
  package let differences: [RunMismatch.Difference]

  /// Whether nothing keeps the run from going on with the new plan.
  package var isSound: Bool { differences.allSatisfy { $0.obstacle == nil } }

  /// Compares the plan of a run with another one.
  ///
  /// - Parameters:
  ///   - old: The plan that the run has had so far.
  ///   - new: The plan that it would go on with, in which nothing is wrong by itself.
  ///   - recall: What has happened, with what failed to be done again.
  package init(_ old: Plan, _ new: Plan, after recall: Recall) {
    var check = PlanFitCheck(old, new, Visits(old, recall))
    check.run()
    var obstacles = check.obstacles
    var differences = old.diff(new).changes.map { change in
      let own = obstacles.filter { $0.subject == change.subject }.map(\.reason)
      obstacles.removeAll { $0.subject == change.subject }
      return RunMismatch.Difference(
        change.description, obstacle: own.isEmpty ? nil : own.joined(separator: "; "))
    }
    differences += obstacles.map { RunMismatch.Difference("~ \($0.subject)", obstacle: $0.reason) }
    self.differences = differences
  }
}
