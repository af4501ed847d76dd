/// How a writer stands to a reader in the same scope; what explains most comes first.
enum Relation: Int, Comparable {
  /// Before it, but not on every path.
  case before
  /// After it in the same loop, so that it is there only from the second round on.
  case nextRound
  /// The reader itself.
  case itself
  /// After it.
  case after
  /// Inside the reader, which reads before its children run.
  case inside
  /// Around the reader.
  case around
  /// In another branch of a choice.
  case otherBranch
  /// In another contestant of a race.
  case otherContestant
  /// In another child that runs at once.
  case besides
  /// In the step for which the reader stands in.
  case replaced
  /// In what stands in for a step that holds the reader.
  case replacement

  static func < (left: Relation, right: Relation) -> Bool { left.rawValue < right.rawValue }
}
