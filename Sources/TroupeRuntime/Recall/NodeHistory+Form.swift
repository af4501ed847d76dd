import TroupePlan

extension NodeHistory {
  /// The traits of the node in the form in which this visit of it was recorded.
  ///
  /// A plan that has changed may have given a step its first policy after it had ended, or taken
  /// the last one away: whether it is opened and closed was decided when it was performed.
  func form(_ traits: NodeTraits) -> NodeTraits {
    if closed != nil { return traits.subtracting([.plainStage, .plainWait]) }
    guard opened == nil else { return traits }
    if let last = attempts.last {
      let isPlain = !last.isPardoned && last.ended != nil
      return isPlain ? traits.union(.plainStage) : traits
    }
    return wait?.ended != nil ? traits.union(.plainWait) : traits
  }
}
