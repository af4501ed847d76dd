/// Finds stages with compensations in loops that go round very often: what may have to be undone
/// can't be left out of a journal.
enum CompensationCheck {
  /// The rounds of a loop that are not too many.
  static let roundLimit = 1_000

  static func problems(in nodes: [Node], _ shape: PlanShape) -> [Problem] {
    var problems: [Problem] = []
    for stage in nodes where stage.compensation != nil {
      var current = shape.parent(of: stage.id)
      while let id = current {
        if case .repeat(let repetition) = nodes[id].kind, repetition.limit > roundLimit {
          problems.append(.keepsRounds(stage: stage.id, loop: id))
          break
        }
        current = shape.parent(of: id)
      }
    }
    return problems
  }
}
