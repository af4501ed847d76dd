package import TroupePlan

/// The modifiers of a step, as they were written.
package struct Modifiers: Sendable {
  /// A gate with its closure.
  package struct DeclaredGate: Sendable {
    package var name: String
    package var judges: [Mention]
    /// The step that reviews; a list only because a value cannot hold itself.
    package var review: [Declaration] = []
    /// How many of several reviewers must accept.
    package var quorum: Quorum?
    /// Whether nobody may review what they have made.
    package var isIndependent = false
    /// The score that a review needs.
    package var passing: Double?
    package var otherwise: Rejection
    package var location: SourceLocation
    /// Judges the values of what the gate names, and after them the review.
    package var judge: Body.Judge
  }

  /// A modifier that was written a second time.
  package struct Repeated: Sendable {
    package var modifier: String
    package var location: SourceLocation
  }

  package var gates: [DeclaredGate] = []
  package var retry: Retry?
  package var timeout: Duration?
  package var deadline: Duration?
  package var occurrence: Occurrence?
  package var priority: Int?
  package var budget: Budget?
  package var estimate: Estimate?
  package var probe: Body.Probe?
  /// The fallback as a sequence; a list only because a value cannot hold itself.
  package var fallback: [Declaration]?
  /// What happens when the step cannot get further by itself.
  package var escalation: [On]?
  /// What undoes the step's finished work, as a step; a list only because a value cannot hold
  /// itself.
  package var compensation: [Declaration]?
  /// The same for work that was begun and gave nothing.
  package var unfinishedCompensation: [Declaration]?
  package var repeated: [Repeated] = []
  /// Where the second of `.atMostOnce()` and `.probe` was written, if both were.
  package var secondOccurrence: SourceLocation?

  /// Sets a modifier that may be written once, and notes when it is written again.
  package mutating func set<Value>(
    _ modifier: WritableKeyPath<Modifiers, Value?>, _ name: String, to value: Value,
    at location: SourceLocation
  ) {
    if self[keyPath: modifier] == nil {
      self[keyPath: modifier] = value
    } else {
      repeated.append(Repeated(modifier: name, location: location))
    }
  }

  /// Sets what is done when nobody knows what was done, and notes when that is said twice.
  package mutating func set(_ new: Occurrence, _ name: String, at location: SourceLocation) {
    if let occurrence, occurrence != new {
      secondOccurrence = location
    } else {
      set(\.occurrence, name, to: new, at: location)
    }
  }
}
