extension RunState {
  /// Says what became of work of the run that is in doubt, for when the run is opened again.
  ///
  /// - Throws: `SettlementRefused`, `RunHasEnded`, `StoreError`.
  package func settle(
    _ address: String, as settlement: Settlement, by person: String, why: String
  ) async throws {
    try await handIn(.settle(at: address, settlement, why: why), from: person)
  }

  /// Decides about a step of the run in the place of whoever was to.
  ///
  /// - Throws: `OverrideRefused`, `RunHasEnded`, `StoreError`.
  package func override(
    _ address: String, as override: Override, by person: String, why: String
  ) async throws {
    try await handIn(.override(at: address, override, why: why), from: person)
  }

  private func handIn(_ content: Letter.Content, from person: String) async throws {
    guard let store else {
      throw StoreError("run '\(id)' is not kept, so that nobody can decide about it")
    }
    let date = execution.clock.date
    let letter = Letter(
      id: Letter.newID(at: date, chance: execution.settings.chance.bits()), from: person, at: date,
      content)
    try await store.send(letter, to: id, of: execution.program, nonce: execution.newSignalID())
  }
}
