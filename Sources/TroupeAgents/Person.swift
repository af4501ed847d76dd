public import TroupeRuntime

/// A person who plays roles in a team.
///
/// ```swift
/// Team {
///   Member("scribe", plays: .writer) { CommandAgent("claude", "-p") }
///   Member("ann", plays: .editor) { Person() }
/// }
/// ```
///
/// What the member is to do becomes a request in the inbox: to write what a stage writes, or to
/// review for a gate. The run waits for the answer as it waits for a signal: a run that is kept can
/// be stopped meanwhile, and is not asked again when it goes on. All people who play the role are
/// asked, and the first answer holds; of several reviewers of one gate, each is asked for a review
/// of their own. The number of requests to a person at once is not limited by the member's
/// capacity.
///
/// `troupe inbox` shows what waits, `troupe answer`, `Run.answer(_:_:as:)` and
/// `Store.answer(_:of:_:as:id:from:)` answer it.
public struct Person: PersonalAgent {
  /// Creates a person.
  public init() {}

  /// Fails: people are asked by the run, and answer through it.
  public func perform(_ assignment: Assignment) async throws -> Delivery {
    throw NotStarted(
      "'\(assignment.address)' is for a person, who is asked by a run and not by a simulation; "
        + "give the simulation a stub for it")
  }
}
