/// A member at work on an assignment; it must be given back when the work has really ended.
package struct Lease: Sendable {
  /// The member's place in the team.
  package let index: Int
  let roster: Roster
  /// Tells this lease from all others of its dispatcher.
  let number: Int
  /// When it was given, by the clock of its dispatcher.
  let began: Duration
  /// The period of the member's breaker in which the work began.
  let period: Int
  /// The number of the member's unit that does the work; 0 if it has no units.
  package internal(set) var unit = 0

  package var member: Member { roster.members[index] }

  /// Whether the member is a person, who is asked and has no capacity of which to run out.
  var isPerson: Bool { member.isPerson }

  /// What became of the work.
  package enum Outcome: Sendable {
    /// It was done.
    case done
    /// It failed, or took too long.
    case failed
    /// It was given up for a reason that is not the member's, or has been told of before.
    case givenUp
    /// It never began.
    case unused
  }
}

/// What happened to a member because of the outcome of its work.
package enum Standing: Sendable, Hashable {
  /// It has failed so many times in a row, and gets nothing for a while.
  case suspended(failures: Int, pause: Duration)
  /// It has done its trial well, and gets assignments again.
  case reinstated
}
