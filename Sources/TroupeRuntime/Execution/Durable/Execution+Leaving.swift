import TroupePlan

/// What a run leaves to people when it stops or ends, which a list says without reading the whole
/// journal.
extension Execution {
  /// The members of the record that it stops.
  var leftForPeople: [UInt8] {
    RecordWriter.members { writer in
      let doubts = doubts
      if !doubts.isEmpty { writer.add("doubts", json: .array(doubts.map { .string($0) })) }
      writer.add(members: leftForGood)
    }
  }

  /// The members of the record that it ends.
  var leftForGood: [UInt8] {
    RecordWriter.members { writer in
      let left = compensations?.uncompensated ?? []
      if !left.isEmpty { writer.add("uncompensated", json: .array(left.map(\.json))) }
    }
  }

  /// The addresses of work that is in doubt until somebody says what became of it, sorted.
  private var doubts: [String] {
    // A run that is being undone does nothing else any more.
    guard compensations?.isEnding != true else { return [] }
    let settling = plan.nodesToSettle
    guard !settling.isEmpty else { return [] }
    var doubts: Set<String> = []
    for event in log.remembered {
      let place = event.address.description
      switch event.kind {
      // The run goes on without what is inside; a fallback stands in for it.
      case .closed(.completed), .fellBack:
        doubts = doubts.filter { $0 != place && !$0.placesAround.contains(place[...]) }
      case .compensating(take: nil):
        let mark = Compensations.Mark(place: place, take: nil, record: event.sequence)
        doubts = doubts.filter { !mark.covers($0, begun: 0) }
      default: break
      }
      guard settling.contains(event.address.node) else { continue }
      let isProbed = plan.nodes[event.address.node].policies.occurrence == .probe
      switch event.kind {
      // A probe is asked when the run goes on.
      case .started where !isProbed: doubts.insert(place)
      case .examined(_, .unknown): doubts.insert(place)
      // People whose answer is awaited have not begun; whose work failed is examined.
      case .asked, .finished, .failed, .examined: doubts.remove(place)
      default: break
      }
    }
    return doubts.sorted()
  }
}
