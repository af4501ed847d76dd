package import TroupePlan

/// What is asked of a dispatcher: a member for one assignment.
package struct Ask: Sendable {
  /// The role to be played.
  package let role: Role.ID
  /// The members who will not do, by their places in the team.
  package var excluded: Set<Int> = []
  /// The one member that will do, if it must be the same as before.
  package var only: Int?
  /// Who asks with a higher one is served first.
  package var priority = 0
  /// Who has done related work, by their places in the team.
  package var acquaintances: [Int: Acquaintance] = [:]

  package init(
    _ role: Role.ID, excluding excluded: Set<Int> = [], only: Int? = nil, priority: Int = 0
  ) {
    self.role = role
    self.excluded = excluded
    self.only = only
    self.priority = priority
  }

  func allows(_ member: Int) -> Bool {
    !excluded.contains(member) && (only == nil || only == member)
  }
}

/// How well a member knows what a stage is about.
package struct Acquaintance: Sendable, Comparable {
  /// The number of the stage's artifacts on which it has worked.
  var artifacts = 0
  /// The number of the latest record that says so.
  var latest = 0

  package static func < (left: Acquaintance, right: Acquaintance) -> Bool {
    (left.artifacts, left.latest) < (right.artifacts, right.latest)
  }
}
