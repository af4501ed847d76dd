public import TroupePlan

/// A piece of work for several agents, declared as typed Swift.
///
/// A workflow names the artifact it starts with, the artifact it ends with, and the steps between
/// them. It is a value: give it stored properties for its artifacts, and a `parameters` value for
/// what its users may set.
///
/// ```swift
/// struct Greeting: Workflow {
///   let input = Artifact<Guest>("guest")
///   let output = Artifact<Letter>("letter")
///
///   var body: some Step {
///     Stage("write", reads: input, writes: output) { guest in Letter("Dear \(guest.name)") }
///   }
/// }
/// ```
///
/// Whatever else changes what a closure does must not be stored in a workflow: only `parameters`
/// are part of the plan, of its fingerprint and of a run's history.
public protocol Workflow: Sendable {
  /// What a run starts with.
  associatedtype Input: Codable & Sendable
  /// What a run ends with.
  associatedtype Output: Codable & Sendable
  /// The steps.
  associatedtype Body: Step
  /// What users of the workflow may set.
  associatedtype Parameters: Codable & Sendable = NoParameters

  /// The name in plans, paths and on the command line; by default the type's in kebab case.
  var name: String { get }
  /// The version that the workflow gives itself; change it when what closures do changes.
  var version: String? { get }
  /// One sentence about what the workflow does, for lists and pictures; empty by default.
  var summary: String { get }
  /// What users of the workflow may set; nothing by default.
  var parameters: Parameters { get set }
  /// The artifact that a run starts with.
  var input: Artifact<Input> { get }
  /// The artifact that a run ends with.
  var output: Artifact<Output> { get }
  /// The steps, in order.
  @StepBuilder var body: Body { get }
  /// What happens when a step cannot get further by itself and no step around it has a rule for
  /// that; nothing by default, so that the run fails.
  @EscalationBuilder var escalation: [On] { get }
  /// What becomes of a run when a step has failed and no rule helps: by default what it has done is
  /// undone, as far as stages have a `.compensate`. It holds for runs of the workflow itself, not
  /// for calls of it.
  var onFailure: FailureHandling { get }
  /// How much a run may use up in all; by default there is no limit. Where the workflow is called
  /// by another one, it holds for each call.
  var budget: Budget? { get }
}

extension Workflow {
  /// The type's name in kebab case: `LaunchPost` is `launch-post`.
  public var name: String { KebabCase.name(of: Self.self) }
  /// No version.
  public var version: String? { nil }
  /// No summary.
  public var summary: String { "" }
  /// No limit.
  public var budget: Budget? { nil }
  /// No rules.
  public var escalation: [On] { [] }
  /// What the run has done is undone.
  public var onFailure: FailureHandling { .compensate }
}

extension Workflow where Parameters == NoParameters {
  /// Nothing to set.
  public var parameters: NoParameters {
    get { NoParameters() }
    set {}
  }
}

/// The parameters of a workflow that has none.
public struct NoParameters: Codable, Sendable, Hashable {
  /// Creates them.
  public init() {}
}
