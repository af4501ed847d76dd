package import TroupePlan

extension EventLog {
  /// The attempts that were started and have not really ended, in the order of their start.
  package func unended(_ traits: [NodeTraits]) -> [(Address, Event.Attempt)] {
    Self.unended(remembered, traits).map { ($0.event.address, $0.attempt) }
  }

  /// The same of some events, with those that tell of the starts.
  static func unended(
    _ events: [Event], _ traits: [NodeTraits]
  ) -> [(event: Event, attempt: Event.Attempt)] {
    struct Key: Hashable {
      let address: Address
      let attempt: Event.Attempt
    }
    var live: [Key: Event] = [:]
    for event in events {
      switch event.kind {
      case .started(let attempt):
        live[Key(address: event.address, attempt: attempt)] = event
      case .asked(let attempt, _):
        // Nobody is at work: the step itself waits.
        live[Key(address: event.address, attempt: attempt)] = nil
      case .finished(let attempt, _), .failed(let attempt, _, _, _), .stale(let attempt, _):
        live[Key(address: event.address, attempt: attempt)] = nil
      case .gaveUp(let attempt, _) where !traits[event.address.node].contains(.detachable):
        // The step itself did the work, and says so when it has ended.
        live[Key(address: event.address, attempt: attempt)] = nil
      default: break
      }
    }
    return live.sorted { $0.value.sequence < $1.value.sequence }
      .map { ($0.value, $0.key.attempt) }
  }
}
