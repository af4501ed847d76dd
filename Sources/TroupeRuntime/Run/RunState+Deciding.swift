extension RunState {
  /// Says what became of work of the run that is in doubt, for when the run is opened again.
  ///
  /// - Throws: `SettlementRefused`, `RunHasEnded`, `StoreError`.
  package func settle(
    _ address: String, as settlement: Settlement, by person: String, why: String
  ) async throws {
    guard let store else {
      throw StoreError("run '\(id)' is not kept, so that it cannot go on when it is settled")
    }
    let date = execution.clock.date
    let letter = Letter(
      id: Letter.newID(at: date, chance: execution.settings.chance.bits()), from: person, at: date,
      .settle(at: address, settlement, why: why))
    try await store.send(letter, to: id, of: execution.program, nonce: execution.newSignalID())
  }
}
