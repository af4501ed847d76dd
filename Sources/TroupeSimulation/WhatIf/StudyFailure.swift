import TroupeRuntime

/// Why a run of a study failed, in words that are the same for all runs that failed alike.
struct StudyFailure {
  let reason: String
  let advice: String

  /// `nil` if the run succeeded.
  init?(_ outcome: Rehearsal.Outcome) {
    switch (outcome.result, outcome.course) {
    case (_, .stuck), (_, .abandoned), (nil, _):
      reason =
        "the run got stuck" + outcome.waits.map { ": \($0)" }.prefix(1).joined()
      advice = "something waits for what never comes; a simulation of the workflow shows it"
    case (.success, _): return nil
    case (.failure(let error as RunFailure), _):
      let failure = error.failure
      reason = "'\(failure.address)' \(failure.reason)"
      advice = Self.advice(failure.cause)
    case (.failure(let error), _):
      reason = "\(error)"
      advice = Self.examples
    }
  }

  private static func advice(_ cause: Failure.Cause) -> String {
    switch cause {
    case .timedOut, .deadlinePassed:
      "the durations are longer than the limit: give shorter ones, or allow more time"
    default: examples
    }
  }

  private static let examples = """
    stages answer with examples of their types here, and this one does not do: give the type a \
    better example in its schema (SchemaProviding), give another input, or stub the stage with \
    WhatIf(of:) in Swift
    """
}
