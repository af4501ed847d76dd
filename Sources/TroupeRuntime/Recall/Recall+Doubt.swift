import TroupePlan

/// Work of which nobody knows whether it was done.
extension Recall {
  /// The attempt at an address that is in doubt, or `nil` if nothing is in doubt there.
  func doubt(at address: Address, _ plan: Plan) -> Event.Attempt? {
    guard plan.nodes[address.node].policies.occurrence != .atLeastOnce,
      let last = self[address]?.attempts.last, last.wasStarted
    else { return nil }
    if case .finished = last.end { return nil }
    guard last.examined == nil || last.examined?.found == .unknown else { return nil }
    return last.attempt
  }

  /// The addresses at which something is in doubt, sorted.
  func doubts(_ addresses: AddressReader) -> [String] {
    nodes.keys.sorted().filter { place in
      addresses.address(place).map { doubt(at: $0, addresses.plan) != nil } ?? false
    }
  }

  /// Checks what somebody says of work in doubt.
  ///
  /// - Parameter program: The program that is run, if it is known: an output is checked by it.
  /// - Returns: The attempt that it is about, and where it is.
  /// - Throws: `SettlementRefused`.
  @discardableResult
  func check(
    _ settlement: Settlement, at place: String, _ addresses: AddressReader, _ program: Program?
  ) throws(SettlementRefused) -> (attempt: Event.Attempt, address: Address) {
    guard let address = addresses.address(place),
      let attempt = doubt(at: address, addresses.plan)
    else {
      throw SettlementRefused(
        address: place, reason: .nothingInDoubt(elsewhere: doubts(addresses)))
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
