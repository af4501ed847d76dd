/// What happens when a step cannot get further by itself: rules, each with a ladder of rungs.
public struct Escalation: Sendable, Hashable {
  /// The rules; of those that meet what happened, the first holds.
  public var rules: [Rule]

  /// Creates an escalation.
  public init(rules: [Rule] = []) {
    self.rules = rules
  }

  /// What leads up a ladder.
  public enum Trigger: Sendable, Hashable {
    /// A timeout, a deadline or the time for a review, an answer or a signal has passed.
    case timeout
    /// The step has failed, after its retries, with all members, and without a fallback.
    case failure
    /// A gate rejected what the step wrote, after the reworks that it allows.
    case gateRejected
    /// Nobody in the team can be given the work.
    case noMember
    /// Nobody knows whether work was done that must not be done twice.
    case inDoubt
    /// A budget is used up: that of the step, or of one inside of it.
    case budget
    /// The step threw a `Concern` of this kind.
    case concern(Concern.Kind)
  }

  /// What is done in turn when one of some triggers is met.
  public struct Rule: Sendable, Hashable {
    /// What it meets.
    public var triggers: [Trigger]
    /// What is done, until a rung settles it.
    public var rungs: [Rung]
    /// Where it was declared; left out of equality.
    public var location: SourceLocation?

    /// Creates a rule.
    public init(on triggers: [Trigger], rungs: [Rung], location: SourceLocation? = nil) {
      self.triggers = triggers
      self.rungs = rungs
      self.location = location
    }

    /// Rules are equal where they do the same, wherever they were declared.
    public static func == (left: Rule, right: Rule) -> Bool {
      left.triggers == right.triggers && left.rungs == right.rungs
    }

    /// Hashes all but the location.
    public func hash(into hasher: inout Hasher) {
      hasher.combine(triggers)
      hasher.combine(rungs)
    }
  }

  /// One step of a ladder.
  public enum Rung: Sendable {
    /// The step is done once more.
    case retry
    /// The stage is done once more by whoever plays another role.
    case reassign(to: Role.ID)
    /// A role is asked what is to be done; the node is the stage of the plan that asks.
    case ask(node: Int)
    /// Somebody is told; it decides nothing.
    case notify(String)
    /// The sequence of the plan that is done instead.
    case fallback(node: Int)
    /// The run ends for good.
    case abort(reason: String)
  }
}

extension Escalation.Rung: Hashable {
  /// Rungs are equal where they do the same; of those with a node of their own that is told by the
  /// node.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.retry, .retry), (.ask, .ask), (.fallback, .fallback): true
    case (.reassign(let role), .reassign(let other)): role == other
    case (.notify(let name), .notify(let other)): name == other
    case (.abort(let reason), .abort(let other)): reason == other
    default: false
    }
  }

  /// Hashes what equality looks at.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(word)
    switch self {
    case .reassign(let text), .notify(let text), .abort(let text): hasher.combine(text)
    case .retry, .ask, .fallback: break
    }
  }
}
