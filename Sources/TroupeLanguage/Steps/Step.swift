/// Anything that can stand in the body of a workflow: a stage or a container of steps.
///
/// Steps are made by the types that Troupe provides (`Stage`, `Effect`, `Phase`, `Parallel` …).
/// A pattern of your own is a function that returns `some Step`.
public protocol Step: Sendable {
  /// What the step declares.
  var declaration: Declaration { get set }
}

/// A number of steps in order: what a body builds.
public struct Steps: Step {
  /// What the steps declare.
  public var declaration: Declaration

  package init(_ children: [Declaration]) {
    declaration = Declaration(.sequence, name: nil, children: children, location: nil)
  }
}

/// The empty step: takes the place of a branch at declaration time that has nothing to do.
///
/// ```swift
/// switch depth {
/// case .quick: Nothing()
/// case .thorough: Stage("second opinion", …) { … }
/// }
/// ```
public struct Nothing: Step {
  /// What the step declares: no steps.
  public var declaration = Declaration(.nothing, name: nil, location: nil)

  /// Creates the empty step.
  public init() {}
}
