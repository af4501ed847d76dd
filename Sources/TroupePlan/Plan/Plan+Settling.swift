extension Plan {
  /// The stages about whose work nobody but a person decides when it is in doubt: it must not be
  /// done twice, and no ladder is for that.
  package var nodesToSettle: Set<Int> {
    let once = nodes.withPolicies.filter { nodes[$0].policies.occurrence != .atLeastOnce }
    return once.isEmpty ? [] : Set(once).subtracting(nodesEscalating(on: .inDoubt))
  }
}
