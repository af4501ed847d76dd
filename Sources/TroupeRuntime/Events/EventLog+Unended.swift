package import TroupePlan

extension EventLog {
  /// The attempts that were started and have not really ended, in the order of their start.
  package func unended(_ traits: [NodeTraits]) -> [(Address, Event.Attempt)] {
    struct Key: Hashable {
      let address: Address
      let attempt: Event.Attempt
    }
    var live: [Key: Int] = [:]
    for event in events {
      switch event.kind {
      case .started(let attempt):
        live[Key(address: event.address, attempt: attempt)] = event.sequence
      case .finished(let attempt, _), .failed(let attempt, _, _, _), .stale(let attempt, _):
        live[Key(address: event.address, attempt: attempt)] = nil
      case .gaveUp(let attempt, _) where !traits[event.address.node].contains(.detachable):
        // The step itself did the work, and says so when it has ended.
        live[Key(address: event.address, attempt: attempt)] = nil
      default: break
      }
    }
    return live.sorted { $0.value < $1.value }.map { ($0.key.address, $0.key.attempt) }
  }
}
