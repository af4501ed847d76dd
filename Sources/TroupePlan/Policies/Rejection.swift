/// What happens when a gate rejects what a step wrote.
public enum Rejection: Sendable, Hashable {
  /// The step fails with the verdict's reason.
  case fail
  /// The step's output is published all the same, and the rejection is recorded as waived.
  case accept
  /// The step fails, and a ladder takes it up: it is an error if neither the step nor one around it
  /// has a rule `On(.gateRejected)`.
  case escalate
  /// The step is done again, with the verdict's reason as feedback.
  ///
  /// `upTo` reworks are allowed, so there are `upTo + 1` takes; `then` says what happens when the
  /// last of them is rejected too.
  case rework(upTo: Int, then: Exhaustion = .fail)
}

/// What happens when a limit of takes or rounds is used up.
public enum Exhaustion: String, Sendable, Hashable, Codable, CaseIterable {
  /// The step fails. What the last round of a loop published is kept in the failure; what a gate
  /// has rejected is published nowhere.
  case fail
  /// The last take or round is published as it is; the events say so.
  case accept
  /// The step fails, and a ladder takes it up: it is an error if neither the step nor one around it
  /// has a rule `On(.gateRejected)` for a gate, or `On(.failure)` for a loop.
  case escalate
}
