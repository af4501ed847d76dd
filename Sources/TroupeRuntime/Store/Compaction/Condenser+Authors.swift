import TroupePlan

/// Who has made what, where somebody may still have to review it.
extension Condenser {
  /// Notes who has made what is in rounds and elements that have ended, as far as the loop or
  /// fan-out is in a step that is to be reviewed by others.
  mutating func noteAuthors(of all: [JournalRecord]) {
    guard let steps = ReviewedSteps(addresses.plan) else { return }
    var histories: [String: NodeHistory] = [:]
    for record in all {
      let place = record.place
      guard covers(place), let base = snapshot.base(of: place), isAsked(base, steps),
        let node = addresses.address(place)?.node, steps.hold(node),
        let kind = Event.Kind(RecordReader(record.members))
      else { continue }
      histories[place, default: NodeHistory()].fold(kind, record)
    }
    for (place, history) in histories {
      note(authors: Set(history.authors.map(\.member)), in: place)
    }
  }

  /// Whether it may be asked who has done what was done in a loop or fan-out.
  private func isAsked(_ base: String, _ steps: ReviewedSteps) -> Bool {
    addresses.address(base).map { steps.hold($0.node) } ?? false
  }
}
