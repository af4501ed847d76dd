public import TroupePlan
import TroupeRuntime

/// Collects what happens in all simulations of a workflow while it is current.
///
/// The tests of a suite share one by the trait `.coverage(of:atLeast:)` of TroupeTesting.
public final class CoverageRecorder: Sendable {
  /// Those that collect what the simulations of the current task do.
  @TaskLocal public static var current: [CoverageRecorder] = []

  private let state: Lock<PlanCoverage>

  /// Begins with nothing covered.
  public init(of plan: Plan) {
    state = Lock(PlanCoverage(of: plan))
  }

  /// What was covered so far.
  public var coverage: PlanCoverage { state.withLock { $0 } }

  /// Adds a run, if it is one of the plan.
  func add(_ events: [Event], of plan: Plan) {
    state.withLock { coverage in
      if coverage.plan.isSameProcess(as: plan) { coverage.add(events) }
    }
  }
}

extension Plan {
  /// Whether another plan has the same steps, whatever its parameters.
  fileprivate func isSameProcess(as other: Plan) -> Bool {
    workflow == other.workflow && nodes == other.nodes
  }
}
