package import TroupePlan

/// What is still known of the events of a run that are forgotten, for whoever shows how far it is.
package struct KnownPast: Sendable {
  /// What happened to the run, to its steps and in the rounds that go on, in order; of the rounds
  /// that are gone, how many there were and, where the loop is done with them, that its steps were
  /// done.
  package internal(set) var events: [Event] = []
  /// The elements that have a result and of which nothing else is known, by the nodes of fan-outs
  /// that are in no element of another one.
  package internal(set) var elements: [Int: Set<Int>] = [:]
}

extension RunHistory {
  /// What is known besides the events from the latest snapshot on.
  ///
  /// - Parameters:
  ///   - last: The number of the last record of which something is to be told.
  ///   - plan: The plan by whose nodes it is told; what has no place in it is left out.
  package func known(upTo last: Int, in plan: Plan) -> KnownPast {
    var past = KnownPast()
    guard let snapshot = recall.snapshot else { return past }
    let nodes = AddressReader(plan)
    for event in events {
      if case .snapshot = event.kind { break }
      let place = event.address.description
      guard event.sequence <= last, !snapshot.covers(place), let address = nodes.address(place)
      else { continue }
      func add(_ kind: Event.Kind, at address: Address) {
        past.events.append(
          Event(sequence: event.sequence, elapsed: event.elapsed, address: address, kind: kind))
      }
      add(event.kind, at: address)
      // Here, because what is kept of the loop belongs to later rounds.
      guard case .opened = event.kind, let rounds = snapshot.loops[place] else { continue }
      add(.wentRound(rounds.isDone ? rounds.count - 1 : rounds.count, done: false), at: address)
      guard rounds.isDone else { continue }
      let last = Instance(in: address.instance, node: address.node, .round(rounds.count))
      let path = plan.nodes[address.node].path.description + "/"
      for node in plan.nodes where snapshot.begun[node.path.description] != nil {
        guard node.path.description.hasPrefix(path) else { continue }
        add(.closed(.completed), at: Address(node: node.id, in: last, plan: plan.nodes))
      }
    }
    for (place, results) in snapshot.fanOuts {
      guard let address = nodes.address(place), !address.isInElement else { continue }
      past.elements[address.node] = Set(results.keys)
    }
    return past
  }
}

extension Address {
  fileprivate var isInElement: Bool {
    sequence(first: instance) { $0?.parent }.contains { place in
      if case .item? = place?.selector { true } else { false }
    }
  }
}
