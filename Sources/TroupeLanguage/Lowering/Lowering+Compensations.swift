import TroupePlan

/// What is wrong with compensations.
extension Lowering {
  mutating func checkCompensation(_ part: Int, of stage: Int) {
    for use in nodes[part].reads where !nodes[stage].reads.contains(use) {
      report(
        .error, "\(label(stage)) is undone with '\(use.name)', which it does not read itself",
        remedy: "a compensation sees what its stage saw: read '\(use.name)' in both, or in none",
        at: stage, location: nodes[part].location)
    }
  }
}
