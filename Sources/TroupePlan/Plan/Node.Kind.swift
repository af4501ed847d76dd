extension Node {
  /// What a node does: work itself, or something with its children.
  public indirect enum Kind: Sendable, Hashable {
    /// Work: code where the node has no role, else an assignment to the role.
    case stage
    /// The children one after the other.
    case sequence
    /// All children at once.
    case parallel
    /// Each child as soon as what it reads is written.
    case dataflow
    /// The first child whose condition holds for the artifact that the node reads.
    case choose(Choice)
    /// The children in order, again and again until a condition holds.
    case `repeat`(Repetition)
    /// The children in order, once for each element of the artifact that the node reads.
    case fanOut(Spread)
    /// All children at once, until the first succeeds.
    case race
    /// The children of another workflow, in a scope of their own.
    case call(Invocation)
    /// Nothing is done until a signal has come or an instant has passed.
    case wait(Waiting)

    /// The kind's name in plans, paths and pictures.
    public var name: String {
      switch self {
      case .stage: "stage"
      case .sequence: "sequence"
      case .parallel: "parallel"
      case .dataflow: "dataflow"
      case .choose: "choose"
      case .repeat: "repeat"
      case .fanOut: "fan-out"
      case .race: "race"
      case .call: "call"
      case .wait: "wait"
      }
    }
  }

  /// How a choice goes on; its branches are the node's children, named as they were declared.
  public struct Choice: Sendable, Hashable, Codable {
    /// What happens when no condition holds.
    public enum Unmatched: String, Sendable, Hashable, Codable, CaseIterable {
      /// The choice fails.
      case fail
      /// The choice writes nothing and the run goes on.
      case skip
      /// The last child is taken.
      case branch
    }

    /// What happens when no condition holds.
    public var unmatched: Unmatched

    /// Creates a choice.
    public init(unmatched: Unmatched) {
      self.unmatched = unmatched
    }
  }

  /// How often a loop goes round. The artifact that it reads decides whether it is done.
  public struct Repetition: Sendable, Hashable, Codable {
    /// The rounds allowed, at least 1.
    public var limit: Int
    /// What happens when the last allowed round does not satisfy the condition.
    public var exhausted: Exhaustion

    /// Creates a loop.
    public init(limit: Int, exhausted: Exhaustion) {
      self.limit = limit
      self.exhausted = exhausted
    }
  }

  /// How a fan-out spreads over the elements of the list that it reads.
  public struct Spread: Sendable, Hashable, Codable {
    /// The artifact that holds the element in the element's own scope.
    public var element: ArtifactUse
    /// The artifact of the element's scope that is collected.
    public var result: ArtifactUse
    /// The most elements at work at once; `nil` for the runtime's own bound.
    public var width: Int?
    /// The number of elements that may fail.
    public var tolerated: Int
    /// Whether a predicate over the results so far may end it early.
    public var endsEarly: Bool
    /// Whether outcomes with their index are collected rather than bare results.
    public var collectsOutcomes: Bool

    /// Creates a fan-out.
    public init(
      element: ArtifactUse, result: ArtifactUse, width: Int?, tolerated: Int, endsEarly: Bool,
      collectsOutcomes: Bool
    ) {
      self.element = element
      self.result = result
      self.width = width
      self.tolerated = tolerated
      self.endsEarly = endsEarly
      self.collectsOutcomes = collectsOutcomes
    }
  }

  /// Which workflow is called, and under which names its input and output are bound.
  public struct Invocation: Sendable, Hashable, Codable {
    /// The name of the workflow.
    public var workflow: String
    /// The version that the workflow gives itself, if any.
    public var version: String?
    /// The artifact of the callee's scope that gets what the node reads.
    public var input: ArtifactUse
    /// The artifact of the callee's scope that becomes what the node writes.
    public var output: ArtifactUse

    /// Creates a call.
    public init(workflow: String, version: String?, input: ArtifactUse, output: ArtifactUse) {
      self.workflow = workflow
      self.version = version
      self.input = input
      self.output = output
    }
  }
}
