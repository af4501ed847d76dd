import TroupePlan

/// Work of which nobody knows whether it was done.
extension Recall {
  /// The attempt at an address that is in doubt, or `nil` if nothing is in doubt there.
  ///
  /// - Parameter isLive: Whether the run is under way, so that what has begun may be at work.
  func doubt(at address: Address, _ plan: Plan, isLive: Bool = false) -> Event.Attempt? {
    guard plan.nodes[address.node].policies.occurrence != .atLeastOnce,
      let history = self[address], history.closed?.ending != .completed,
      // A ladder decides about it.
      history.ladder == nil,
      let last = history.attempts.last, last.wasStarted, !history.asked(last.attempt)
    else { return nil }
    if case .finished = last.end { return nil }
    switch last.examined?.found {
    case .unknown: return last.attempt
    case .finished, .notDone, .aborted, .overridden: return nil
    case nil: return isLive ? nil : last.attempt
    }
  }

  /// The addresses at which something is in doubt, sorted.
  func doubts(_ addresses: AddressReader, isLive: Bool = false) -> [String] {
    nodes.keys.sorted().filter { place in
      addresses.address(place).map { doubt(at: $0, addresses.plan, isLive: isLive) != nil } ?? false
    }
  }

  /// The addresses at which something stays in doubt until somebody says what became of it, sorted.
  func unsettled(_ addresses: AddressReader, isLive: Bool) -> [String] {
    let settling = addresses.plan.nodesToSettle
    guard !settling.isEmpty else { return [] }
    return nodes.keys.sorted().filter { place in
      guard let address = addresses.address(place), settling.contains(address.node),
        doubt(at: address, addresses.plan, isLive: isLive) != nil, let history = nodes[place],
        let last = history.attempts.last
      else { return false }
      let isPassed = place.placesAround.contains {
        guard let around = nodes[String($0)] else { return false }
        // The fallback stands in for what was at work when it began.
        let isReplaced = around.fellBack.map { history.began < $0.record } ?? false
        return isReplaced || around.closed?.ending == .completed
      }
      if isPassed || Self.isUndone(place, history, givenUp) { return false }
      if case .failed(.concern, _, _, _) = last.end { return false }
      // A probe is asked when the run goes on, unless it has said that it does not know.
      return addresses.plan.nodes[address.node].policies.occurrence == .atMostOnce
        || last.examined != nil
    }
  }

  /// Checks what somebody says of work in doubt.
  ///
  /// - Parameters:
  ///   - program: The program that is run, if it is known: an output is checked by it.
  ///   - isLive: Whether the run is under way.
  /// - Returns: The attempt that it is about, and where it is.
  /// - Throws: `SettlementRefused`.
  @discardableResult
  func check(
    _ settlement: Settlement, at place: String, _ addresses: AddressReader, _ program: Program?,
    isLive: Bool = false
  ) throws(SettlementRefused) -> (attempt: Event.Attempt, address: Address) {
    guard let address = addresses.address(place),
      let attempt = doubt(at: address, addresses.plan, isLive: isLive)
    else {
      throw SettlementRefused(
        address: place, reason: .nothingInDoubt(elsewhere: doubts(addresses, isLive: isLive)))
    }
    guard case .finished(let output) = settlement else { return (attempt, address) }
    let isEffect = addresses.plan.nodes[address.node].writes.isEmpty
    if isEffect {
      guard output == nil else {
        throw SettlementRefused(
          address: place, reason: .wrongOutput("it is an effect, which gives none"))
      }
      return (attempt, address)
    }
    guard let output else {
      throw SettlementRefused(address: place, reason: .wrongOutput("none was given"))
    }
    do {
      _ = try program?.bodies[address.node].work.output?.decode(output)
    } catch {
      throw SettlementRefused(address: place, reason: .wrongOutput("\(error)"))
    }
    return (attempt, address)
  }
}

extension AttemptHistory {
  /// Whether its work may have been begun: what failed in its prompt never was.
  var wasStarted: Bool { started != ended }
}
